import type { RulePage } from './page';

export const serverClients = {
} satisfies Record<string, RulePage>;
