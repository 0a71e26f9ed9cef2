// The table of the operator's commands. A new one needs an entry here and a script of the same name
// in package.json.

import type { Command } from './command.ts'

/** By name. Each command loads its modules only when it runs. */
export const commands: Record<string, () => Promise<Command>> = {
  hold: async () => (await import('./hold.ts')).hold,
  held: async () => (await import('./held.ts')).held,
  release: async () => (await import('./release.ts')).release,
  resend: async () => (await import('./resend.ts')).resend,
  find: async () => (await import('./find.ts')).find,
  messages: async () => (await import('./messages.ts')).messages,
  forget: async () => (await import('./forget.ts')).forget,
  reindex: async () => (await import('./reindex.ts')).reindex,
  backfill: async () => (await import('./backfill.ts')).backfill,
  doctor: async () => (await import('./doctor.ts')).doctor,
  webhooks: async () => (await import('./webhooks.ts')).webhooks,
  suppressions: async () => (await import('./suppressions.ts')).suppressions,
  schedule: async () => (await import('./schedule.ts')).schedule,
  preview: async () => (await import('./preview.ts')).preview,
  attention: async () => (await import('./attention.ts')).attention,
  setup: async () => (await import('./setup.ts')).setup,
  replay: async () => (await import('./replay.ts')).replay,
}
