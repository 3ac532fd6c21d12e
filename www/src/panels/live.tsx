// Live: the connection, what its script saw, what crossed the wire.

import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../locale';
import * as session from '../live/session';
import { CopyLink } from '../parts/copy-link';
import { Problem } from '../parts/hex-input';
import { Inspector } from '../parts/inspector';
import { Meaning } from '../parts/meaning';
import { PlayCommand } from '../parts/play-command';
import { RowList } from '../parts/row-list';
import { Workbench } from '../parts/workbench';
import { checkSocketAddress } from '../state/tap';
import { LiveCompose } from './live-compose';
import { LiveDoctor } from './live-doctor';
import { LiveEnding } from './live-ending';
import { Arrow, rowTitle, TimelineRow } from './live-row';
import { LiveScript } from './live-script';
import { addressDraft, connectNow, disconnect, filter, fromLink, inspected, listedRows, selected, selectRow, showEarlier, shownRows, startLive, view } from './live-state';

export function Live() {
  const texts = t.value;
  useEffect(() => void startLive(), []);
  const row = selected.value;
  return (
    <Workbench
      id="live"
      view={view}
      bar={<ConnectionBar />}
      notices={<Notices />}
      source={{ title: texts.pane.script, tab: texts.tab.script, content: <LiveScript /> }}
      list={{ title: listTitle(), tab: texts.tab.wire, aside: <Filter />, content: <Timeline /> }}
      inspector={{
        title: texts.pane.inspector,
        tab: texts.tab.bytes,
        empty: row === null,
        aside: row && (
          <span class="pane-subject">
            <Arrow direction={row.direction} /> <span class="mono">{rowTitle(row)}</span>
          </span>
        ),
        content: (
          <Inspector inspected={inspected}>
            {row?.kind === 'frame' && !row.complete && (
              <p class="part-hint">{texts.inspector.largeFrame(texts.live.bytes(row.bytes.length), texts.live.bytes(row.length))}</p>
            )}
          </Inspector>
        ),
        footer: <Meaning inspected={inspected} />,
      }}
      compose={{ title: texts.pane.compose, content: <LiveCompose /> }}
    />
  );
}

/** Without the tap the list holds messages, and nothing of the wire. */
function listTitle(): string {
  return session.source.value === 'messages' ? t.value.pane.messages : t.value.pane.wire;
}

function ConnectionBar() {
  const texts = t.value.live;
  const id = useId();
  const state = session.state.value;
  const wrong = checkSocketAddress(addressDraft.value);
  const recorded = session.source.value === 'recording';
  const showProblem = wrong !== null && wrong !== 'empty';
  const button = useRef<HTMLButtonElement>(null);
  // Where nothing is connected yet, connecting is the one thing to do.
  const idle = state === null && fromLink.value;
  useEffect(() => {
    if (idle && document.activeElement === document.body) button.current?.focus();
  }, [idle]);
  return (
    <form
      class="connection"
      onSubmit={(event) => {
        event.preventDefault();
        if (!session.live.value) connectNow();
      }}
    >
      <span data-testid="state" class={`state state-${(state ?? 'none').toLowerCase()}`}>
        <span class="state-dot" aria-hidden="true" />
        <span class="state-name">{state ? texts.states[state] : texts.noState}</span>
      </span>
      <label class="visually-hidden" for="live-address">
        {texts.address}
      </label>
      <div class={session.live.value ? 'address settled' : 'address'}>
        <input
          id="live-address"
          class="mono"
          type="text"
          inputMode="url"
          value={addressDraft.value}
          placeholder="wss://example.com/socket"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          readOnly={session.live.value}
          aria-invalid={showProblem}
          aria-describedby={`${id}-problem`}
          onInput={(event) => (addressDraft.value = event.currentTarget.value)}
        />
        <Problem id={`${id}-problem`} text={showProblem ? texts.addressProblem[wrong] : null} />
      </div>
      {session.source.value === 'tap' && (
        <span class="badge tapped" title={texts.tappedHint}>
          {texts.tapped}
        </span>
      )}
      {session.live.value ? (
        <button type="button" class="plain" onClick={disconnect}>
          {texts.disconnect}
        </button>
      ) : (
        <button ref={button} type="submit" class={recorded ? 'plain' : 'primary'} disabled={wrong !== null || state === 'CLOSING'}>
          {texts.connect}
        </button>
      )}
      <CopyLink />
    </form>
  );
}

function Notices() {
  const texts = t.value.live;
  const notice = session.notice.value;
  const info = session.recordingInfo.value;
  return (
    <>
      {session.source.value === 'recording' && (
        <p class="notice" role="note">
          <strong>{texts.recorded}</strong> {texts.recordedHint}{' '}
          <PlayCommand />{' '}
          {info && <span class="part-hint">{texts.recordedWith(info.browser, info.recorded)}</span>}
        </p>
      )}
      {fromLink.value && !session.live.value && <p class="notice">{texts.fromLink(hostOf(addressDraft.value))}</p>}
      {session.source.value === 'messages' && (
        <p class="notice" role="note">
          <strong>{texts.messagesOnly}.</strong> {texts.messagesOnlyHint}
        </p>
      )}
      {session.slow.value && <p class="notice warning">{texts.slow}</p>}
      {notice && (
        <p class="notice warning" role="alert">
          {notice.kind === 'tap-lost' ? texts.tapLost : notice.kind === 'tap-error' ? texts.tapError(notice.message) : texts.refused(notice.message)}
        </p>
      )}
    </>
  );
}

function Filter() {
  const texts = t.value.live;
  const all = session.rows.value.length;
  return (
    <span class="filter">
      <label class="visually-hidden" for="live-filter">
        {texts.filter}
      </label>
      <input id="live-filter" type="search" value={filter.value} placeholder={texts.filterPlaceholder} spellcheck={false} autocomplete="off" onInput={(event) => (filter.value = event.currentTarget.value)} />
      <span class="part-hint" aria-live="polite">
        {texts.rowsShown(shownRows.value.length, all)}
      </span>
    </span>
  );
}

function Timeline() {
  const texts = t.value.live;
  const rows = listedRows.value;
  const hidden = shownRows.value.length - rows.length;
  if (session.rows.value.length === 0) return <Ghost />;
  return (
    <>
      {hidden > 0 && (
        <button type="button" class="quiet earlier" onClick={showEarlier}>
          {texts.earlier(hidden)}
        </button>
      )}
      {rows.length === 0 && <p class="pane-note">{texts.noMatch(filter.value)}</p>}
      <RowList
        label={listTitle()}
        selected={session.selectedRow.value}
        onSelect={(id) => selectRow(Number(id))}
        rows={rows.map((timed) => ({ id: timed.row.id, class: `wire-row ${timed.row.direction} kind-${timed.row.kind}`, content: <TimelineRow timed={timed} /> }))}
      />
      <LiveEnding />
      <LiveDoctor />
    </>
  );
}

/** The shape of a timeline where there is none yet. */
function Ghost() {
  const texts = t.value.live;
  const waiting = session.state.value === 'CONNECTING' || session.state.value === 'OPEN';
  return (
    <>
      <p class="pane-note">{session.offer.value === undefined ? texts.looking : waiting ? texts.waitingForBytes : texts.noRows}</p>
      <div class="ghost" aria-hidden="true">
        {texts.ghost.map((title, index) => (
          <div key={title} class={`row wire-row ${index % 2 === 0 ? 'out' : 'in'}`}>
            <span class="row-time mono">·</span>
            <span class="row-gap mono" />
            <span class={`arrow ${index % 2 === 0 ? 'out' : 'in'}`}>{index % 2 === 0 ? '→' : '←'}</span>
            <span class="row-what">
              <span class="row-title mono">{title}</span>
            </span>
          </div>
        ))}
      </div>
    </>
  );
}

function hostOf(address: string): string {
  try {
    return new URL(address).host || address;
  } catch {
    return address;
  }
}
