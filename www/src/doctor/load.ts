// The doctor comes when it is first asked: its module is much larger than the page.

import { signal } from '@preact/signals';

export type Doctor = typeof import('./engine');

/** The doctor, once it is here. */
export const doctor = signal<Doctor | null>(null);
/** It could not be loaded: the network, or a browser without WebAssembly. */
export const doctorLost = signal(false);

let loading: Promise<void> | null = null;

export function callDoctor(): Promise<void> {
  loading ??= import('./engine').then(
    (loaded) => {
      doctor.value = loaded;
      doctorLost.value = false;
    },
    () => {
      doctorLost.value = true;
      loading = null;
    },
  );
  return loading;
}

/** Calls the doctor once the browser has nothing better to do. */
export function callDoctorWhenIdle(): void {
  if (loading) return;
  if ('requestIdleCallback' in window) requestIdleCallback(() => void callDoctor(), { timeout: 3000 });
  else setTimeout(() => void callDoctor(), 500);
}
