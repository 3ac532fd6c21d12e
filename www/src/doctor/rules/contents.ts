// What is loaded when a rule's page is looked at.

export { groups, pages } from './index';
export { recordingOf } from './recording';
