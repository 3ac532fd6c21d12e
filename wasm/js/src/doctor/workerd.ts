/** The doctor's entry for workerd, which compiles no bytes while it runs. */

// First, because the lists of words are read out of the running module.
import './start-workerd.ts';

export * from './api.ts';
