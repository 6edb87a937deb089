import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines with the service's name. Bodies, names and addresses are never handed to it. */
export const createLog = (service: string, level = process.env['LOG_LEVEL'] ?? 'info'): Log =>
  pino(
    {
      name: service,
      level,
      base: { service },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    // Written beside the work, and the rest when the process ends: whoever reads slowly must not hold up a form.
    pino.destination({ dest: 1, sync: false }),
  )
