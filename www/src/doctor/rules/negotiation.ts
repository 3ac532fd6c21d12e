import type { RulePage } from './page';

export const negotiation = {
} satisfies Record<string, RulePage>;
