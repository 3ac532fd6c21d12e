// What a run found: tables for people, lines of JSON for programs.

import { label } from './contestants/index.mjs';
import { median, minimum, speed } from './statistics.mjs';
import { number, table } from './table.mjs';
import { WITHOUT_ADDON, WITH_ADDON, counts, isMet, targets } from './targets.mjs';

/**
 * A row that was timed.
 *
 * @typedef {{ row: import('./rows.mjs').Row, outcomes: import('./race.mjs').Outcome[] }} Timed
 */

/** The words that explain the tables. */
export const LEGEND = `\
Times are nanoseconds for each message, request or key: the shortest of all rounds and, in brackets, the median.
Ratios say how many times as fast ours is: by the shortest times and, in brackets, by the rounds: the median of what each
round says, and between which numbers the middle half of the rounds lies. The median of the rounds is judged.
Names in brackets are less than the whole job. * is not the same job, for the reason below the table.`;

/** Beside whom ours is shown, where these take part. */
const BESIDE = [WITHOUT_ADDON, WITH_ADDON, 'websocket-driver', 'plain JavaScript'];

/** The rows of one table, as text. @param {Timed[]} rows */
export function report(rows) {
  const contestants = [...new Map(rows.flatMap(everyone).map((one) => [one.name, one])).values()];
  const ours = contestants.filter(({ standing }) => standing === 'ours');
  const lines = [[rows[0].row.table, ...rows.map(({ row }) => row.column)]];
  for (const contestant of contestants) {
    lines.push([label(contestant), ...rows.map((timed) => times(outcome(timed, contestant.name)))]);
  }
  for (const beside of BESIDE.filter((name) => contestants.some((one) => one.name === name))) {
    lines.push([], [`times as fast as ${beside}`]);
    for (const contestant of ours) {
      lines.push([`  ${contestant.name}`, ...rows.map((timed) => ratio(timed, contestant, beside))]);
    }
    const wanted = rows.map(({ row }) => targets(row).find((target) => target.beside === beside));
    if (wanted.some((target) => target !== undefined)) {
      lines.push(['  target', ...rows.map((timed, place) => verdict(timed, ours, wanted[place]))]);
    }
  }
  return table(lines) + omissions(rows);
}

function everyone({ outcomes }) {
  return outcomes.map(({ contestant }) => contestant);
}

function outcome({ outcomes }, name) {
  return outcomes.find(({ contestant }) => contestant.name === name);
}

function times(outcome) {
  if (outcome === undefined) return '';
  const star = outcome.omission?.anotherJob ? '*' : '';
  return `${number(minimum(outcome.times))}${star} (${number(median(outcome.times))})`;
}

function speedBeside(timed, contestant, beside) {
  const [ours, theirs] = [outcome(timed, contestant.name), outcome(timed, beside)];
  return ours === undefined || theirs === undefined ? null : speed(ours.times, theirs.times);
}

function ratio(timed, contestant, beside) {
  const found = speedBeside(timed, contestant, beside);
  if (found === null) return '';
  return `${number(found.byMinimum)} (${number(found.byRounds)}, ${number(found.low)}–${number(found.high)})`;
}

/** What of ours meets a target, of what counts for it; the best of these where none does. */
function verdicts(timed, ours, target) {
  const candidates = ours.filter((contestant) => counts(target, contestant));
  const found = candidates.map((contestant) => ({ contestant, speed: speedBeside(timed, contestant, target.beside) }));
  const best = found.filter(({ speed }) => speed !== null).sort((one, other) => other.speed.byRounds - one.speed.byRounds);
  return best.map((one) => ({ ...one, met: isMet(target, one.speed) }));
}

function verdict(timed, ours, target) {
  if (target === undefined) return '';
  const [best] = verdicts(timed, ours, target);
  if (best === undefined) return '';
  const bytes = target.bytes === 'any' ? ', views too' : '';
  return `≥ ${target.atLeast}${bytes}: ${best.met ? 'met' : 'missed'} by ${short(best.contestant)}`;
}

function short({ name }) {
  return name.replace('ws101 ', '');
}

/** What was left out by whom, and in which columns. */
function omissions(rows) {
  const columns = new Map();
  for (const { row, outcomes } of rows) {
    for (const { contestant, omission } of outcomes) {
      if (omission === null) continue;
      const words = `* not the same job: ${contestant.name} ${omission.words}`;
      columns.set(words, [...(columns.get(words) ?? []), row.column]);
    }
  }
  return [...columns].map(([words, names]) => `${words} (${names.join(', ')})\n`).join('');
}

/** All targets of a run in one list, as text; nothing where no row has one. @param {Timed[]} rows */
export function summary(rows) {
  const lines = rows.flatMap((timed) => {
    const ours = everyone(timed).filter(({ standing }) => standing === 'ours');
    return targets(timed.row).flatMap((target) => {
      const [best] = verdicts(timed, ours, target);
      if (best === undefined) return [];
      const { byMinimum, byRounds } = best.speed;
      const factor = `${number(byMinimum)} (${number(byRounds)})`;
      const wanted = `≥ ${target.atLeast}`;
      return [[timed.row.name, target.beside, wanted, factor, best.met ? 'met' : 'missed', short(best.contestant)]];
    });
  });
  if (lines.length === 0) return '';
  return table([['targets', 'times as fast as', 'wanted', 'found', '', 'by'], ...lines]);
}

/** The numbers as values for JSON: one for each contestant, and one for each of ours beside each of its targets. */
export function values({ row, outcomes }) {
  const numbers = outcomes.map(({ contestant, omission, times }) => ({
    row: row.name,
    contestant: contestant.name,
    minimum_ns: minimum(times),
    median_ns: median(times),
    same_job: contestant.standing !== 'limit' && !omission?.anotherJob,
    omission: omission?.words ?? null,
  }));
  const ours = outcomes.map(({ contestant }) => contestant).filter(({ standing }) => standing === 'ours');
  const judged = targets(row).flatMap((target) =>
    verdicts({ row, outcomes }, ours, target).map(({ contestant, speed, met }) => ({
      row: row.name,
      contestant: contestant.name,
      beside: target.beside,
      speed_by_minimum: speed.byMinimum,
      speed_by_rounds: speed.byRounds,
      target_speed_at_least: target.atLeast,
      met,
    })),
  );
  return [...numbers, ...judged];
}
