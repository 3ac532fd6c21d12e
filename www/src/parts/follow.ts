// Keeps what is selected inside a scrolling box.

import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Scrolls `box` as little as needed for the stretch from `top` to be seen, whenever `top` changes. */
export function useFollow(box: RefObject<HTMLElement | null>, top: number | null, height: number): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || top === null) return;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + element.clientHeight) element.scrollTop = top + height - element.clientHeight;
  }, [top, height]);
}
