// What Chromium and Firefox do with what the server sent, side by side; and what this browser just did.

import type { Verdict } from '../doctor/engine';
import { t } from '../locale';
import { seen } from './doctor-play';
import { connection, diagnosis, origin, showsTheServer } from './doctor-source';

export function DoctorBrowsers() {
  const texts = t.value.doctor;
  if (!connection.value || !diagnosis.value) return null;
  const played = origin.value.kind === 'played' && seen.value?.id === origin.value.name ? seen.value : null;
  return (
    <section class="browsers" aria-labelledby="browsers-title">
      <h3 id="browsers-title" class="part-title">
        {texts.browsers}
      </h3>
      {showsTheServer.value ? <VerdictTable {...diagnosis.value.browsers} /> : <p class="part-hint">{texts.browsersUnknown}</p>}
      {played && (
        <>
          <h4 class="part-title">{texts.thisBrowser}</h4>
          <Events events={played.events} />
        </>
      )}
    </section>
  );
}

export function VerdictTable({ chromium, firefox }: { chromium: Verdict; firefox: Verdict }) {
  const texts = t.value.doctor;
  const both = [chromium, firefox];
  return (
    <table class="verdicts">
      <thead>
        <tr>
          <td />
          <th scope="col">{texts.browserNames.chromium}</th>
          <th scope="col">{texts.browserNames.firefox}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{texts.opens}</th>
          {both.map(({ opens }, index) => (
            <td key={index} class={opens ? 'verdict good' : 'verdict bad'}>
              <span aria-hidden="true">{opens ? '✓' : '✕'}</span> {opens ? texts.yes : texts.no}
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">{texts.consoleSays}</th>
          {both.map(({ message }, index) => (
            <td key={index}>{message === null ? <span class="part-hint">{texts.silent}</span> : <q lang="en">{message}</q>}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{texts.scriptSees}</th>
          {both.map(({ events }, index) => (
            <td key={index}>
              <Events events={events} />
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">{texts.closeSent}</th>
          {both.map(({ closeSent }, index) => (
            <td key={index}>
              {closeSent === null ? (
                <span class="part-hint">{texts.none}</span>
              ) : (
                <>
                  <span class="mono">{closeSent.code ?? texts.noCode1005}</span> {closeSent.reason && <q lang="en">{closeSent.reason}</q>}
                </>
              )}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

export function Events({ events }: { events: readonly string[] }) {
  if (events.length === 0) return <span class="part-hint">{t.value.doctor.silent}</span>;
  const shown = events.slice(0, 12);
  return (
    <ol class="events mono">
      {shown.map((event, index) => (
        <li key={index}>{event.length > 160 ? `${event.slice(0, 160)}…` : event}</li>
      ))}
      {events.length > shown.length && <li>… {events.length - shown.length}</li>}
    </ol>
  );
}
