// How it ended: who closed, with what, how the transport went, and the last bytes each way.

import { describeStatusCode } from '../engine';
import { t } from '../locale';
import * as session from '../live/session';
import { Arrow } from './live-row';

export function LiveEnding() {
  const ending = session.ending.value;
  if (!ending) return null;
  const texts = t.value.live;
  const { closedBy, code, reason, answered, ends } = ending;
  return (
    <section class="ending" aria-label={texts.ended}>
      <h3 class="part-title">{texts.ended}</h3>
      <p>
        {closedBy ? (
          <>
            <Arrow direction={closedBy} /> <strong>{texts.closedBy[closedBy]}</strong>: <span class="mono">{code === null ? texts.noReason : `${code} ${describeStatusCode(code).name}`}</span>
            {reason && ` “${reason}”`}; {answered ? texts.answered : texts.notAnswered}
          </>
        ) : (
          <>
            <strong>{texts.closedBy.nobody}.</strong> {texts.abnormal}
          </>
        )}
      </p>
      <ol class="ending-ends">
        {ends.map((end) => (
          <li key={`${end.direction}${end.how}`}>
            <Arrow direction={end.direction} /> {texts.endedBy[end.direction][end.how]}
          </li>
        ))}
      </ol>
      <dl class="ending-bytes">
        <dt>{texts.lastOut}</dt>
        <dd class="mono" data-testid="last-out">
          {ending.lastOut || texts.empty}
        </dd>
        <dt>{texts.lastIn}</dt>
        <dd class="mono" data-testid="last-in">
          {ending.lastIn || texts.empty}
        </dd>
      </dl>
    </section>
  );
}
