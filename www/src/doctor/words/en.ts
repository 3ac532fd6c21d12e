// The module's English that it does not list by itself: what each form of a file is.

import type { FileForm } from '../engine';

export const enForms: Record<FileForm, string> = {
  recording: 'a recording of ws101 tap',
  page: 'a session of the page',
  har: 'a HAR',
  curl: 'the output of curl',
  tshark: 'a stream that tshark followed',
  text: 'heads as text',
  raw: 'bytes as they are',
  digits: 'bytes in digits',
  log: 'a log',
};
