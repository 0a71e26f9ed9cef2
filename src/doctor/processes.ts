// Decides what is wrong with the processes that run: pure. They do what they read at their start, whatever .env says now.

import { modesIn, versionsIn, workersIn } from '../processes/differences.ts'
import type { PosternProcess, RunningProcess } from '../processes/store.ts'
import { named } from './account.ts'
import { type Finding, finding } from './finding.ts'

type Facts = {
  running: readonly RunningProcess[]
  /** When a process last said that it runs (ms); `null` if none ever has. */
  lastAlive: number | null
}

const RESTART = 'Restart it. If the start fails, it says why.'

const missing = ({ running, lastAlive }: Facts): Finding => {
  const since = lastAlive === null ? '' : ` since ${new Date(lastAlive).toISOString()}`
  return finding('worker_missing', {
    says: running.length === 0 ? `No process of Postern has run${since}.` : 'No worker runs.',
    why: 'No event is interpreted, and no email goes out.',
    mend: 'Start Postern: npm start, with ROLE=all or ROLE=worker in at least one process.',
  })
}

const twoModes = (modes: readonly string[]): Finding =>
  finding('processes_differ', {
    says: `Workers run with SEND_MODE=${named(modes)} at once.`,
    why: 'Which of them takes a message is chance, so some go out and others do not.',
    mend: 'Restart all workers with one SEND_MODE, and stop those that are left over.',
  })

const otherMode = (mode: string, setting: PosternProcess['mode']): Finding =>
  finding('worker_mode', {
    says: `The worker that runs has SEND_MODE=${mode}, but the settings say ${setting}.`,
    why: 'A setting counts from the next start on.',
    mend: RESTART,
  })

const twoVersions = (versions: readonly string[]): Finding =>
  finding('processes_differ', {
    says: `Processes of the versions ${named(versions)} run at once.`,
    why: 'An older one may not understand what a newer one stores.',
    mend: 'Restart all processes with one version. While you deploy, this is usual.',
    severity: 'warning',
  })

export const ofProcesses = (facts: Facts, setting: PosternProcess['mode']): Finding[] => {
  const { running } = facts
  if (workersIn(running).length === 0) return [missing(facts)]
  const [modes, versions] = [modesIn(running), versionsIn(running)]
  const [mode] = modes
  return [
    ...(modes.length > 1 ? [twoModes(modes)] : []),
    ...(modes.length === 1 && mode && mode !== setting ? [otherMode(mode, setting)] : []),
    ...(versions.length > 1 ? [twoVersions(versions)] : []),
  ]
}
