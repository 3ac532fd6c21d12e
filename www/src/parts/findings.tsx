// Broken rules, in red: code, sentence, how to fix it, and the section that says so.

import type { Ws101Error } from '../engine';
import { errorText, t } from '../locale';
import { problemRange, type Inspected } from './inspected';
import { Prose } from './prose';
import { SectionLink } from './section-link';

export function Findings({ problems, inspected }: { problems: readonly Ws101Error[]; inspected?: Inspected }) {
  if (problems.length === 0) return null;
  const texts = t.value.inspector;
  return (
    <section class="findings" aria-label={texts.findings}>
      <h3 class="part-title">{texts.findings}</h3>
      <ul>
        {problems.map((problem, index) => {
          const { sentence, fix, section } = errorText(problem);
          const range = inspected ? problemRange(problem, inspected.reading.value) : null;
          return (
            <li key={index} class="finding">
              {inspected && range ? (
                <button type="button" class="finding-code mono" onClick={() => (inspected.selection.value = range)}>
                  {problem.code}
                </button>
              ) : (
                <span class="finding-code mono">{problem.code}</span>
              )}
              <p class="finding-text">
                <Prose text={sentence} />
              </p>
              <p>
                {fix && (
                  <>
                    {texts.fix} <Prose text={fix} />{' '}
                  </>
                )}
                <SectionLink section={section || problem.section} />
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
