"""Records what the reference implementation (PyPI fsrs 6.3.2) makes of random histories: python record.py >histories.txt

A line is a card; each word a review: grade, time, and then phase, step, time when due, stability and difficulty. Times are seconds since
1970. Every third card has no steps, every fifth other ones.
"""
import random
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler

numbers = random.Random(7)
minutes = lambda *all: [timedelta(minutes=each) for each in all]
schedulers = {
    "usual": Scheduler(enable_fuzzing=False),
    "none": Scheduler(enable_fuzzing=False, learning_steps=[], relearning_steps=[], desired_retention=0.8),
    "many": Scheduler(enable_fuzzing=False, learning_steps=minutes(5, 30, 600), relearning_steps=minutes(10, 60), maximum_interval=90),
}
for index in range(300):
    name = "none" if index % 3 == 2 else "many" if index % 5 == 4 else "usual"
    card = Card(card_id=index)
    time = datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=numbers.randrange(86400))
    words = [name]
    for _ in range(numbers.randrange(1, 12)):
        grade = numbers.choices([1, 2, 3, 4], [2, 1, 6, 1])[0]
        card, _ = schedulers[name].review_card(card, Rating(grade), time)
        step = "-" if card.step is None else card.step
        due = int(card.due.timestamp())
        words.append(f"{grade},{int(time.timestamp())},{card.state.name.lower()},{step},{due},{card.stability!r},{card.difficulty!r}")
        late = numbers.choice([0, 0, numbers.randrange(86400 * 9), -numbers.randrange(40000)])
        time = max(time + timedelta(seconds=30), card.due + timedelta(seconds=late))
    print(" ".join(words))
