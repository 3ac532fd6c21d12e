// Live: what the doctor says of the connection so far.

import { computed, effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Diagnosis, Finding, Recording } from '../doctor/engine';
import { callDoctorWhenIdle, doctor } from '../doctor/load';
import { timelineOf } from '../doctor/timeline';
import * as session from '../live/session';
import { DoctorFindings } from '../parts/doctor-findings';
import { placeInRows } from '../state/timeline';
import { openInDoctor } from './doctor-open';
import { inspected, selectRow } from './live-state';

/** A connection that is busy is judged when it rests. */
const restsAfter = 400;
const settledRows = signal<typeof session.rows.value>([]);
let timer = 0;

effect(() => {
  const rows = session.rows.value;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => (settledRows.value = rows), restsAfter);
});

const recording = computed<Recording | null>(() => {
  const records = settledRows.value.length > 0 ? session.wireRecords() : null;
  return records && records.length > 0 ? { timeline: timelineOf(records) } : null;
});
const diagnosis = computed<Diagnosis | null>(() => (doctor.value && recording.value ? doctor.value.diagnose(recording.value) : null));

export function LiveDoctor() {
  useEffect(() => callDoctorWhenIdle(), []);
  return <DoctorFindings diagnosis={diagnosis.value} onSelect={select} onOpen={() => recording.value && openInDoctor('live', session.url.value, recording.value)} />;
}

function select({ where }: Finding): void {
  const place = placeInRows(settledRows.value, where.part, where.start);
  if (!place) return;
  selectRow(place.row.id);
  if (where.end > where.start) inspected.selection.value = { start: place.offset * 8, end: Math.min(place.offset + where.end - where.start, place.row.bytes.length) * 8 };
}
