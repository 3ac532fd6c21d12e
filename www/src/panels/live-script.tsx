// What the script saw: all that a browser tells a page about its connection.

import { attempt, explainAcceptKey, verifyRequest, verifyResponse } from '../engine';
import { t } from '../locale';
import * as session from '../live/session';
import { defaultAddress, formatAddress } from '../state/address';
import type { ScriptEvent } from '../state/tap';
import type { HeadRow } from '../state/timeline';
import { formatTime } from '../state/timeline';

export function LiveScript() {
  const texts = t.value.live;
  const events = session.script.value;
  if (events.length === 0) return <p class="pane-note">{texts.noEvents}</p>;
  return (
    <>
      <ol class="events" aria-label={t.value.pane.script}>
        {events.map((event, index) => (
          <li key={index} class={`event event-${event.type}`}>
            <span class="event-time mono">{formatTime(event.time * 1000)}</span>
            <span class="event-name mono">{texts.event[event.type]}</span>
            <span class="event-detail">{detail(event)}</span>
          </li>
        ))}
      </ol>
      {session.source.value !== 'messages' && <p class="pane-note">{texts.scriptBlind}</p>}
      <AcceptCheck />
    </>
  );
}

function detail(event: ScriptEvent) {
  const texts = t.value.live;
  switch (event.type) {
    case 'construct':
      return <span class="mono">{event.url}</span>;
    case 'open':
      return texts.eventOpen(event.protocol, event.extensions);
    case 'sent':
    case 'message':
      return (
        <>
          <span class={event.binary ? 'mono' : 'event-data'}>{event.data}</span> <span class="part-hint">{event.length === 0 ? texts.empty : texts.bytes(event.length)}</span>
        </>
      );
    case 'close-called':
      return event.code === null ? '' : `${event.code}${event.reason ? ` ${event.reason}` : ''}`;
    case 'close':
      return texts.eventClose(event.code, event.reason, event.wasClean);
    case 'error':
      return texts.eventError;
  }
}

/** The handshake of this connection in four lines: its key, its accept, and whether they belong together. */
function AcceptCheck() {
  const texts = t.value.live;
  const head = (kind: HeadRow['kind']) => session.rows.value.find((row): row is HeadRow => row.kind === kind);
  const request = head('request');
  const response = head('response');
  const key = request ? attempt(() => verifyRequest(request.bytes)).value?.key : undefined;
  if (key === undefined || !response) return null;
  const matches = attempt(() => verifyResponse(response.bytes, { key })).error === null;
  return (
    <section class="accept-check" aria-label={texts.acceptTitle}>
      <h3 class="part-title">{texts.acceptTitle}</h3>
      <p class="mono accept-key">{key}</p>
      <p class="accept-how">+ GUID → SHA-1 → base64</p>
      <p class="mono accept-value" data-testid="accept">
        {explainAcceptKey(key).accept}
      </p>
      <p class={matches ? 'verdict good' : 'verdict bad'}>
        <span aria-hidden="true">{matches ? '✓' : '✕'}</span> {matches ? texts.acceptMatch : texts.acceptWrong}
      </p>
      <a href={formatAddress({ ...defaultAddress, section: 'handshake', key })}>{texts.acceptOpen}</a>
    </section>
  );
}
