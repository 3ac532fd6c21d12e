/** The doctor's entry: its module lies in this file, and is started when the file is loaded. */

// First, because the lists of words are read out of the running module.
import './start-inline.ts';

export * from './api.ts';
