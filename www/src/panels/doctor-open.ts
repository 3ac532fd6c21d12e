// From another section to Doctor, with what that section holds.

import type { Recording } from '../doctor/engine';
import { callDoctor } from '../doctor/load';
import { showRecording } from './doctor-source';

export async function openInDoctor(from: 'live' | 'frame', name: string, recording: Recording): Promise<void> {
  await callDoctor();
  showRecording(from, name, recording);
  location.hash = '#/doctor';
}
