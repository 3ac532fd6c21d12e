// One row of the timeline: when, how long after the row before, which way, what.

import { opcodeName } from '../engine';
import { t } from '../locale';
import { formatTime, type Direction, type Row, type TimedRow } from '../state/timeline';

export function Arrow({ direction }: { direction: Direction }) {
  return (
    <span class={`arrow ${direction}`}>
      <span aria-hidden="true">{direction === 'out' ? '→' : '←'}</span>
      <span class="visually-hidden">{t.value.live[direction]}</span>
    </span>
  );
}

export function TimelineRow({ timed }: { timed: TimedRow }) {
  const { row, gap } = timed;
  return (
    <>
      <span class="row-time mono">{formatTime(row.time)}</span>
      <span class="row-gap mono">{gap === null ? '' : `+${formatTime(gap)}`}</span>
      <Arrow direction={row.direction} />
      <span class="row-what">
        <span class="row-title mono">{rowTitle(row)}</span>
        <RowNote row={row} />
        <span class="row-preview">{'preview' in row ? row.preview : ''}</span>
      </span>
    </>
  );
}

function RowNote({ row }: { row: Row }) {
  const texts = t.value.live;
  switch (row.kind) {
    case 'frame':
      return (
        <>
          <span class="row-size mono">{row.payloadLength}</span>
          {row.maskingKey && <span class="badge key">{texts.masked}</span>}
          {!row.fin && <span class="badge">{texts.fragment}</span>}
          {!row.complete && <span class="badge">{texts.underWay}</span>}
        </>
      );
    case 'unreadable':
      return <span class="badge broken mono">{row.code}</span>;
    case 'message':
      return <span class="row-size mono">{row.bytes.length}</span>;
    case 'fin':
      return <span class="row-preview">{texts.finHint}</span>;
    case 'rst':
      return <span class="row-preview">{texts.rstHint}</span>;
    default:
      return null;
  }
}

export function rowTitle(row: Row): string {
  const texts = t.value.live;
  switch (row.kind) {
    case 'request':
    case 'response':
      return row.title;
    case 'frame':
      return opcodeName(row.opcode);
    case 'unreadable':
      return texts.unreadable;
    case 'message':
      return row.binary ? texts.binary : texts.text;
    default:
      return texts[row.kind];
  }
}

/** All that the filter looks through. */
export function rowText(row: Row): string {
  const texts = t.value.live;
  const words: (string | false)[] = [rowTitle(row), texts[row.direction], 'preview' in row && row.preview];
  if (row.kind === 'frame') words.push(row.maskingKey !== null && texts.masked, !row.fin && texts.fragment);
  if (row.kind === 'unreadable') words.push(row.code);
  return words.filter(Boolean).join(' ');
}
