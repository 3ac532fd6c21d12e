// What the doctor says of what another section holds: a few rows, and the way to all of it.

import { countOf } from '../doctor/count';
import type { Diagnosis, Finding } from '../doctor/engine';
import { ruleWords } from '../doctor/wording';
import { t } from '../locale';
import { Prose } from './prose';
import { Severity } from './severity';

interface DoctorFindingsProps {
  diagnosis: Diagnosis | null;
  onSelect: (finding: Finding) => void;
  onOpen: () => void;
}

const shownAtOnce = 6;

export function DoctorFindings({ diagnosis, onSelect, onOpen }: DoctorFindingsProps) {
  if (!diagnosis) return null;
  const texts = t.value.doctor;
  const { findings } = diagnosis;
  const left = countOf(findings) - Math.min(findings.length, shownAtOnce);
  return (
    <section class="doctor-says" aria-label={texts.says}>
      <h3 class="part-title">
        {texts.says}
        <button type="button" class="quiet" onClick={onOpen}>
          {texts.askDoctor}
        </button>
      </h3>
      {findings.length === 0 && <p class="part-hint">{texts.saysNothing}</p>}
      <ul>
        {findings.slice(0, shownAtOnce).map((finding, index) => (
          <li key={index}>
            <button type="button" class="quiet doctor-finding" onClick={() => onSelect(finding)}>
              <Severity severity={finding.severity} />
              <span>
                <Prose text={ruleWords({ ...finding, code: finding.rule }).sentence} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {left > 0 && <p class="part-hint">{texts.andMore(left)}</p>}
    </section>
  );
}
