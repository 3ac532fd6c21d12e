// Reproduce: a case of /misbehave, played by this server to this browser.

import { useEffect } from 'preact/hooks';
import { t } from '../locale';
import { PlayCommand } from '../parts/play-command';
import { caseId, lookForServer, offer, play, playing, problem } from './doctor-play';
import { typedCase } from './doctor-state';

export function DoctorCompose() {
  const texts = t.value.doctor;
  useEffect(() => void lookForServer(), []);
  if (offer.value === null) {
    return (
      <p class="compose-note">
        {texts.needsServer}{' '}
        <PlayCommand />
      </p>
    );
  }
  const wrong = problem.value;
  return (
    <form
      class="compose-form"
      onSubmit={(event) => {
        event.preventDefault();
        void play();
      }}
    >
      <div class="compose-line">
        <label class="compose-name" for="case-id">
          {texts.reproduce}
        </label>
        <input
          id="case-id"
          class="mono draft"
          type="text"
          value={caseId.value}
          placeholder={texts.noCase}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={wrong?.kind === 'unknown'}
          aria-describedby="case-problem case-hint"
          onInput={(event) => (typedCase.value = event.currentTarget.value || null)}
        />
        <button type="submit" class="primary" disabled={playing.value || caseId.value.trim() === ''}>
          {playing.value ? texts.playing : texts.play}
        </button>
        <a class="button quiet" href="misbehave/" target="_blank" rel="noreferrer">
          {texts.allCases}
        </a>
      </div>
      <p id="case-problem" class="problem" role="alert">
        {wrong && (wrong.kind === 'unknown' ? texts.playFailed(wrong.id) : texts.playLost)}
      </p>
      <p id="case-hint" class="compose-note">
        {texts.caseHint}
      </p>
    </form>
  );
}
