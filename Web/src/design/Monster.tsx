/** The mark: a little monster, all eye. */
export function MonsterMark({ size = 28 }: { size?: number }) {
  return (
    <svg className="monster-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        fill="var(--accent)"
        d="M8.600 3.200c.3-.9 1.500-1 2-.2l2 3.300A13 13 0 0 1 16 5.900c1.200 0 2.300.1 3.400.4l2-3.300c.5-.8 1.700-.7 2 .2l1.700 5.400A11 11 0 0 1 28 16v8.500c0 2.500-3 3.700-4.700 1.900l-.6-.6a1.500 1.500 0 0 0-2.200 0l-1.400 1.500a4.200 4.200 0 0 1-6.200 0l-1.400-1.500a1.500 1.500 0 0 0-2.200 0l-.6.6C7 28.200 4 27 4 24.500V16c0-2.900 1.100-5.500 2.900-7.400z"
      />
      <circle cx="16" cy="15" r="5.600" fill="var(--surface)" />
      <circle cx="17" cy="15.800" r="2.600" fill="var(--ink)" />
    </svg>
  );
}

/** The monster behind an open book, one line highlighted: what the product does, in a picture. */
export function ReadingMonster() {
  return (
    <svg className="reading-monster" viewBox="0 0 240 168" aria-hidden="true">
      <path
        fill="var(--accent)"
        d="M86 20c2-6 10-6.500 13-1l9 16a62 62 0 0 1 24 0l9-16c3-5.500 11-5 13 1l10 31c12 11 18 26 18 42v40H58V93c0-16 6-31 18-42z"
      />
      <circle cx="120" cy="78" r="29" fill="var(--surface)" />
      <circle cx="123" cy="90" r="13.500" fill="var(--ink)" />
      <circle cx="128" cy="85" r="4" fill="var(--surface)" />
      <path fill="var(--surface)" stroke="var(--ink)" strokeWidth="2.500" strokeLinejoin="round" d="M120 122c-24-12-56-14-96-8v42c40-6 72-4 96 8 24-12 56-14 96-8v-42c-40-6-72-4-96 8z" />
      <path stroke="var(--ink)" strokeWidth="2.500" d="M120 122v42" />
      <path stroke="var(--line)" strokeWidth="4" strokeLinecap="round" d="M40 126c24-2 44-1 64 4M40 144c24-2 44-1 64 4M136 130c20-5 40-6 64-4M136 148c12-3 24-4.500 36-5" />
      <path stroke="var(--mark)" strokeWidth="7" strokeLinecap="round" d="M40 135c24-2 44-1 62 4" />
      <circle cx="72" cy="116" r="8" fill="var(--accent)" />
      <circle cx="168" cy="116" r="8" fill="var(--accent)" />
    </svg>
  );
}
