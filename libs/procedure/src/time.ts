/** Milliseconds since 1970, UTC. */
export type Instant = number

/** A calendar day in Asia/Almaty, `YYYY-MM-DD`. */
export type Day = string
