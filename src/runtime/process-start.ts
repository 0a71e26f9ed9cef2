// Names the start of a process on this machine, so that another process can tell whether it is gone. The number alone does not
// say: it is given anew, and means another process in another container.

import { readFileSync, readlinkSync } from 'node:fs'

/** `where`: the boot of the machine and the container in which `pid` is counted. `began`: when, in ticks after the boot. */
export type ProcessStart = { where: string; pid: number; began: string }

/** The field of `/proc/<pid>/stat` behind the name, which may itself have spaces: proc(5), starttime. */
const BEGAN = 19

const beganAt = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[BEGAN]
}

const where = () =>
  `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`

/** `null` on a system that does not say. */
export const thisProcess = (): ProcessStart | null => {
  try {
    const began = beganAt(process.pid)
    return began === undefined ? null : { where: where(), pid: process.pid, began }
  } catch {
    return null // only Linux says
  }
}

/** Whether it ran here and is gone; `false` where that cannot be told. */
export const hasEndedHere = (start: ProcessStart): boolean => {
  if (thisProcess()?.where !== start.where) return false
  try {
    return beganAt(start.pid) !== start.began
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
