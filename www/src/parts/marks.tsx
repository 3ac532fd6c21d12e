// The few marks of the page, drawn: no font is sure to have them.

import type { ComponentChildren } from 'preact';

function Mark({ children }: { children: ComponentChildren }) {
  return (
    <svg class="mark" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      {children}
    </svg>
  );
}

export const LinkMark = () => (
  <Mark>
    <path d="M6.5 9.5l3-3M7.5 4.5l1-1a3 3 0 0 1 4.2 4.2l-1.2 1.3M8.5 11.5l-1 1a3 3 0 0 1-4.2-4.2L4.5 7" />
  </Mark>
);

export const DieMark = () => (
  <Mark>
    <rect x="2.25" y="2.25" width="11.5" height="11.5" rx="2.5" />
    <path d="M5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01" stroke-width="2" />
  </Mark>
);

export const ThemeMark = () => (
  <Mark>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M8 2.25a5.75 5.75 0 0 1 0 11.5z" fill="currentColor" />
  </Mark>
);

export const CloseMark = () => (
  <Mark>
    <path d="M4 4l8 8M12 4l-8 8" />
  </Mark>
);

export const UpMark = () => (
  <Mark>
    <path d="M4 10l4-4 4 4" />
  </Mark>
);

export const DownMark = () => (
  <Mark>
    <path d="M4 6l4 4 4-4" />
  </Mark>
);
