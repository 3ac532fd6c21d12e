// The bytes in hex, 16 a row (8 on phones), tinted by field. Long ones are drawn only where they can be seen.

import { useRef, useState } from 'preact/hooks';
import { layout } from '../layout';
import { t } from '../locale';
import { hexByte } from '../state/bytes';
import { dumpCharacter } from '../state/characters';
import { byteRange, bytesOf, innermost, outlineEdges } from '../state/selection';
import { byteTint, isMasked, leavesWithin } from '../state/tints';
import { useFollow } from './follow';
import { choose, type Inspected } from './inspected';

const rowHeights = { wide: 24, medium: 24, narrow: 32 };
const rowsInView = 12;

export function ByteGrid({ inspected }: { inspected: Inspected }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const bytes = inspected.target.value?.bytes ?? new Uint8Array(0);
  const { leaves, masked, fields } = inspected.reading.value;
  const active = inspected.active.value;
  const columns = layout.value === 'narrow' ? 8 : 16;
  const rowHeight = rowHeights[layout.value];
  const rowCount = Math.ceil(bytes.length / columns);
  const firstRow = Math.max(0, Math.min(Math.floor(top / rowHeight) - 4, rowCount - rowsInView));
  const lastRow = Math.min(rowCount, firstRow + rowsInView + 9);
  const run = active ? bytesOf(active) : null;
  const selected = inspected.selection.value ? bytesOf(inspected.selection.value).first : -1;

  useFollow(scroller, selected < 0 ? null : Math.floor(selected / columns) * rowHeight, rowHeight);

  /** The one field that holds the whole byte, else the byte: a byte of eight flags belongs to none of them. */
  const fieldAround = (index: number) => {
    const held = leavesWithin(leaves, index * 8, index * 8 + 8);
    return held.length === 1 ? held[0]! : null;
  };
  const indexOf = (event: Event) => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-byte]');
    return cell ? Number(cell.dataset['byte']) : -1;
  };
  const onArrow = (event: KeyboardEvent) => {
    const step = { ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const from = selected < 0 ? -step : selected;
    const to = from + step;
    if (to >= 0 && to < bytes.length) inspected.selection.value = byteRange(to);
  };

  const rows = [];
  for (let row = firstRow; row < lastRow; row++) {
    const cells = [];
    const dump = [];
    for (let index = row * columns; index < Math.min(bytes.length, (row + 1) * columns); index++) {
      const edges = run ? outlineEdges(index, run.first, run.last, columns) : '';
      const linked = run !== null && index >= run.first && index <= run.last;
      const classes = ['byte', `tint-${byteTint(leaves, index)}`, isMasked(masked, index) && 'masked', linked && 'linked', ...[...edges].map((edge) => `edge-${edge}`)];
      cells.push(
        <span key={index} id={`byte-${index}`} role="gridcell" class={classes.filter(Boolean).join(' ')} data-byte={index} aria-selected={linked}>
          {hexByte(bytes[index]!)}
        </span>,
      );
      dump.push(
        <span key={index} class={linked ? 'dump linked' : 'dump'} data-byte={index}>
          {dumpCharacter(bytes[index]!)}
        </span>,
      );
    }
    rows.push(
      <div key={row} role="row" class="byte-row" aria-rowindex={row + 1} style={{ transform: `translateY(${row * rowHeight}px)` }}>
        <span role="rowheader" class="byte-offset">
          {(row * columns).toString(16).padStart(4, '0')}
        </span>
        <span class="byte-cells" role="presentation">
          {cells}
        </span>
        <span class="byte-dump" aria-hidden="true">
          {dump}
        </span>
      </div>,
    );
  }

  const meaning = innermost(fields, active);
  return (
    <div
      ref={scroller}
      class={rowCount > 1 ? 'byte-grid' : 'byte-grid one-row'}
      role="grid"
      tabIndex={0}
      aria-label={t.value.inspector.bytes}
      aria-rowcount={rowCount}
      aria-multiselectable="true"
      aria-activedescendant={selected >= firstRow * columns && selected < lastRow * columns && selected < bytes.length ? `byte-${selected}` : undefined}
      aria-describedby={meaning >= 0 ? 'meaning' : undefined}
      style={{ height: `${Math.min(rowCount, rowsInView) * rowHeight}px` }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onArrow}
      onPointerOver={(event) => {
        const index = indexOf(event);
        if (event.pointerType === 'mouse') inspected.hover.value = index < 0 ? null : (fieldAround(index) ?? byteRange(index));
      }}
      onPointerLeave={() => (inspected.hover.value = null)}
      onClick={(event) => {
        const index = indexOf(event);
        if (index >= 0) choose(inspected, fieldAround(index), byteRange(index));
      }}
    >
      <div class="byte-space" role="presentation" style={{ height: `${rowCount * rowHeight}px` }}>
        {rows}
      </div>
    </div>
  );
}
