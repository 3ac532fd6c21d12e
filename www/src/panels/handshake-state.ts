// Handshake: a key, the request that carries it, the response that answers it, and what is wrong with either.

import { computed, signal } from '@preact/signals';
import { attempt, buildRequest, buildResponse, explainAcceptKey, inspect, verifyRequest, verifyResponse, type Ws101Error } from '../engine';
import { t } from '../locale';
import { createInspected, type Target } from '../parts/inspected';
import { createView } from '../parts/workbench';
import { acceptSteps, headForEditor, headFromEditor, type AcceptStepId } from '../state/accept-steps';
import { defaultAddress } from '../state/address';
import { readLatin1, utf8 } from '../state/bytes';
import { moveIndex, type BitRange } from '../state/selection';

/** The example of §1.2. */
const example = { host: 'server.example.com', target: '/chat', origin: 'http://example.com', subprotocols: ['chat', 'superchat'], chosen: 'chat' };

export type Message = 'request' | 'response';
export type StepId = AcceptStepId | Message;

export const key = signal(defaultAddress.key);
/** The response as edited; `null` for the one that belongs to the key. */
export const edited = signal<string | null>(null);
export const selectedStep = signal<StepId>('response');
export const view = createView('list', 'shut');

export const explanation = computed(() => explainAcceptKey(key.value));
export const steps = computed(() => acceptSteps(explanation.value));

/** Heads are built for a good key, and the one typed is put in its place: a bad key must be seen in its request, too. */
export const request = computed(() => {
  const { host, target, origin, subprotocols } = example;
  const head = buildRequest({ host, target, origin, subprotocols, key: defaultAddress.key });
  return utf8(readLatin1(head).replace(defaultAddress.key, () => key.value));
});
const ownResponse = computed(() => {
  const head = buildResponse({ key: defaultAddress.key, subprotocol: example.chosen });
  return readLatin1(head).replace(explainAcceptKey(defaultAddress.key).accept, () => explanation.value.accept);
});
export const responseText = computed(() => edited.value ?? headForEditor(ownResponse.value));
export const response = computed(() => utf8(edited.value === null ? ownResponse.value : headFromEditor(edited.value)));

export interface Finding {
  message: Message;
  problem: Ws101Error;
}

export const findings = computed<Finding[]>(() => {
  const inResponse = findingsOf('response', response.value, () => verifyResponse(response.value, { key: key.value, subprotocols: example.subprotocols }));
  return [
    ...findingsOf('request', request.value, () => verifyRequest(request.value)),
    // No response can answer a key that is none; that is told once, of the request.
    ...inResponse.filter(({ problem }) => problem.code !== explanation.value.problem?.code),
  ];
});

/** All that the scanner finds, and the rule at which verification stops. */
function findingsOf(message: Message, head: Uint8Array, verify: () => unknown): Finding[] {
  const problems = [...inspect(head, { as: message }).problems];
  const { error } = attempt(verify);
  const known = problems.some((problem) => problem.code === error?.code && problem.range?.[0] === error.range?.[0]);
  if (error && !known) problems.push(error);
  return problems.map((problem) => ({ message, problem }));
}

/** Whether the response answers the key; `null` where the key is none that could be answered. */
export const accepted = computed(() => (explanation.value.problem ? null : findings.value.every(({ message }) => message !== 'response')));

/** Whose turn it is to refuse; `null` when nobody has to. */
export const refusedBy = computed(() => (findings.value.some(({ message }) => message === 'request') ? 'server' : findings.value.length > 0 ? 'client' : null));

export const inspected = createInspected(
  computed<Target>(() => {
    const texts = t.value.handshake;
    const step = selectedStep.value;
    if (step === 'request') return { bytes: request.value, as: 'request', title: texts.messages.request };
    if (step === 'response') return { bytes: response.value, as: 'response', title: texts.messages.response };
    const found = steps.value.find((candidate) => candidate.id === step) ?? steps.value[0]!;
    return { bytes: found.bytes, as: 'data', title: texts.steps[found.id].title, note: texts.steps[found.id].how };
  }),
);

export const stepIds = computed<StepId[]>(() => ['request', ...steps.value.map((step) => step.id), 'response']);

export function selectStep(id: StepId): void {
  selectedStep.value = id;
  inspected.selection.value = placeOf(id);
  if (view.sheet.value === 'shut') view.sheet.value = 'half';
}

export function moveStep(step: 1 | -1): void {
  const next = stepIds.value[moveIndex(stepIds.value.indexOf(selectedStep.value), step, stepIds.value.length)];
  if (next) selectStep(next);
}

/** In a head, what the steps are about: the key of the request, the accept of the response. */
export function placeOf(id: StepId): BitRange | null {
  if (id === 'request') return find(request.value, key.value);
  return id === 'response' ? find(response.value, explanation.value.accept) : null;
}

function find(head: Uint8Array, text: string): BitRange | null {
  const at = text === '' ? -1 : readLatin1(head).indexOf(readLatin1(utf8(text)));
  return at < 0 ? null : { start: at * 8, end: (at + utf8(text).length) * 8 };
}
