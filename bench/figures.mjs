// What a measurement keeps: delays in steps of 10 microseconds, and what the machine was doing.
import { readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

export const now = () => performance.now()

/** Counts by step, so that the delays of several runs can be put together afterwards. */
export class Delays {
  constructor() {
    this.steps = new Map()
  }

  add(milliseconds) {
    const step = Math.max(0, Math.round(milliseconds * 100))
    this.steps.set(step, (this.steps.get(step) ?? 0) + 1)
  }

  toJSON() {
    return [...this.steps].sort((a, b) => a[0] - b[0])
  }
}

/** Seconds of processor time: of one process, and of everything on the machine. */
export function processorOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

export function processorOfAll() {
  const [user, nice, system, , , irq, soft] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + soft) / TICKS_PER_SECOND
}

export const peakMegabytes = pid => kilobytes(pid, 'VmHWM') / 1024
export const residentMegabytes = pid => kilobytes(pid, 'VmRSS') / 1024

function kilobytes(pid, name) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1])
}
