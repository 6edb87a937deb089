/** Bodies with files are read whole into memory: only few of them at once, so that nobody ends this process by sending many. */
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Bytes: forms without a file are smaller. */
export const LARGE_BODY = 262_144
/** At once, of each door. */
export const MOST_LARGE_BODIES = 2

export class LargeBodies {
  #underWay = 0

  /** `false`: as many are under way as may be. Asked before the body is read; one whose length is not told counts as large. */
  admits(request: FastifyRequest, reply: FastifyReply): boolean {
    const length = Number(request.headers['content-length'] ?? Infinity)
    if (length <= LARGE_BODY) return true
    if (this.#underWay >= MOST_LARGE_BODIES) return false
    this.#underWay++
    // Also when whoever sends it goes away.
    reply.raw.once('close', () => this.#underWay--)
    return true
  }
}
