// A list of rows of which one is selected: the same in every section.

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface ListedRow {
  id: number | string;
  content: ComponentChildren;
  class?: string;
}

export function RowList({ label, rows, selected, onSelect }: { label: string; rows: readonly ListedRow[]; selected: number | string | null; onSelect: (id: number | string) => void }) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (selected !== null) list.current?.querySelector(`#row-${selected}`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  if (rows.length === 0) return null;
  const shown = rows.some((row) => row.id === selected);
  return (
    <div ref={list} class="rows" role="listbox" tabIndex={0} aria-label={label} aria-activedescendant={shown ? `row-${selected}` : undefined}>
      {rows.map((row) => (
        <div key={row.id} id={`row-${row.id}`} role="option" aria-selected={row.id === selected} class={`row ${row.class ?? ''}`} onClick={() => onSelect(row.id)}>
          {row.content}
        </div>
      ))}
    </div>
  );
}
