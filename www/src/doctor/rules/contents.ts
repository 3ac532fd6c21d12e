// What is loaded when a rule's page is looked at.

export { pages } from './index';
export { recordingOf } from './recording';
