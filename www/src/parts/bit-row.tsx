// The bits of the selected byte and its neighbour, each under its number and over the name of its field.

import { fieldText, t } from '../locale';
import { layout } from '../layout';
import { hexByte } from '../state/bytes';
import { bytesOf } from '../state/selection';
import { leavesWithin, tintOf } from '../state/tints';
import { choose, type Inspected } from './inspected';

const shownBytes = 2;

export function BitRow({ inspected }: { inspected: Inspected }) {
  const bytes = inspected.target.value?.bytes ?? new Uint8Array(0);
  const { leaves } = inspected.reading.value;
  const active = inspected.active.value;
  const base = firstByte(active ? bytesOf(active).first : 0, bytes.length);
  const indexes = Array.from({ length: Math.min(shownBytes, bytes.length - base) }, (_, nth) => base + nth);

  const rangeOf = (bit: number) => leavesWithin(leaves, bit, bit + 1)[0] ?? null;
  const bitOf = (event: Event) => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-bit]');
    return cell ? Number(cell.dataset['bit']) : -1;
  };

  return (
    <div
      class={`bits bits-${layout.value}`}
      onPointerOver={(event) => {
        const bit = bitOf(event);
        if (event.pointerType === 'mouse') inspected.hover.value = bit < 0 ? null : (rangeOf(bit) ?? { start: bit, end: bit + 1 });
      }}
      onPointerLeave={() => (inspected.hover.value = null)}
      onClick={(event) => {
        const bit = bitOf(event);
        if (bit >= 0) choose(inspected, rangeOf(bit), { start: bit, end: bit + 1 });
      }}
    >
      {indexes.map((index) => (
        <div key={index} class="bit-byte">
          <div class="bit-byte-title">
            <span>{t.value.inspector.byteAt(index)}</span>
            <span class="mono">0x{hexByte(bytes[index]!)}</span>
            <span class="mono">{bytes[index]}</span>
          </div>
          <div class="bit-cells">
            {Array.from({ length: 8 }, (_, nth) => {
              const bit = index * 8 + nth;
              const leaf = rangeOf(bit);
              const linked = active !== null && bit >= active.start && bit < active.end;
              const classes = ['bit', `tint-${leaf ? tintOf(leaf.kind) : 'none'}`];
              if (linked) {
                classes.push('linked', 'edge-t', 'edge-b');
                if (bit === active.start || nth === 0) classes.push('edge-l');
                if (bit === active.end - 1 || nth === 7) classes.push('edge-r');
              }
              return (
                <span key={nth} class={classes.join(' ')} data-bit={bit}>
                  {(bytes[index]! >> (7 - nth)) & 1}
                </span>
              );
            })}
          </div>
          <div class="bit-labels">
            {leavesWithin(leaves, index * 8, index * 8 + 8).map((leaf) => {
              const from = Math.max(leaf.start, index * 8) - index * 8;
              const to = Math.min(leaf.end, index * 8 + 8) - index * 8;
              return (
                <span key={leaf.start} class={to - from === 1 ? 'bit-label narrow-label' : 'bit-label'} data-bit={index * 8 + from} style={{ gridColumn: `${from + 1} / ${to + 1}` }}>
                  {fieldText(leaf.kind).name}
                </span>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Pairs begin at even bytes, so that the first two, where all the flags are, stand together. */
function firstByte(index: number, length: number): number {
  const even = index - (index % shownBytes);
  return Math.max(0, Math.min(even, length - 1));
}
