// The operator's commands. A new one is an entry here and a script of the same name in package.json.

type Command = (args: readonly string[]) => Promise<void>

/** By name; each loads its own part of Postern only when somebody asks for it. */
export const commands: Record<string, () => Promise<Command>> = {
  hold: async () => (await import('./hold.ts')).hold,
  held: async () => (await import('./held.ts')).held,
  release: async () => (await import('./release.ts')).release,
  resend: async () => (await import('./resend.ts')).resend,
}
