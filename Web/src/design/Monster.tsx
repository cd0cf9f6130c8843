/** The mark: a little monster, all eye. */
export function MonsterMark({ size = 28 }: { size?: number }) {
  return (
    <svg className="monster-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        fill="var(--accent)"
        d="M8.6 3.2c.3-.9 1.5-1 2-.2l2 3.3A13 13 0 0 1 16 5.9c1.2 0 2.3.1 3.4.4l2-3.3c.5-.8 1.7-.7 2 .2l1.7 5.4A11 11 0 0 1 28 16v8.5c0 2.5-3 3.7-4.7 1.9l-.6-.6a1.5 1.5 0 0 0-2.2 0l-1.4 1.5a4.2 4.2 0 0 1-6.2 0l-1.4-1.5a1.5 1.5 0 0 0-2.2 0l-.6.6C7 28.2 4 27 4 24.5V16c0-2.9 1.1-5.5 2.9-7.4z"
      />
      <circle cx="16" cy="15" r="5.6" fill="var(--eye)" />
      <circle cx="17" cy="15.8" r="2.6" fill="var(--pupil)" />
    </svg>
  );
}

/** The monster behind an open book, one line highlighted: what the product does, in a picture. */
export function ReadingMonster() {
  return (
    <svg className="reading-monster" viewBox="0 0 240 168" aria-hidden="true">
      <path
        fill="var(--accent)"
        d="M86 20c2-6 10-6.5 13-1l9 16a62 62 0 0 1 24 0l9-16c3-5.5 11-5 13 1l10 31c12 11 18 26 18 42v40H58V93c0-16 6-31 18-42z"
      />
      <circle cx="120" cy="78" r="29" fill="var(--eye)" />
      <circle cx="123" cy="90" r="13.5" fill="var(--pupil)" />
      <circle cx="128" cy="85" r="4" fill="var(--eye)" />
      <path fill="var(--surface)" stroke="var(--ink)" strokeWidth="2.5" strokeLinejoin="round" d="M120 122c-24-12-56-14-96-8v42c40-6 72-4 96 8 24-12 56-14 96-8v-42c-40-6-72-4-96 8z" />
      <path stroke="var(--ink)" strokeWidth="2.5" d="M120 122v42" />
      <path fill="none" stroke="var(--line)" strokeWidth="4" strokeLinecap="round" d="M40 126c24-2 44-1 64 4M40 144c24-2 44-1 64 4M136 130c20-5 40-6 64-4M136 148c12-3 24-4.5 36-5" />
      <path fill="none" stroke="var(--mark)" strokeWidth="7" strokeLinecap="round" d="M40 135c24-2 44-1 62 4" />
      <circle cx="72" cy="116" r="8" fill="var(--accent)" />
      <circle cx="168" cy="116" r="8" fill="var(--accent)" />
    </svg>
  );
}
