import type { BaseFacts } from '@tirek/procedure/case'
import { setHandler } from '@temporalio/workflow'
import type { KnownCase } from './known-case.ts'
import { ACTS, FACTS_SENT_AGAIN, told, type AboutCase, type Known } from './messages.ts'

/** One handler under the name of every act: whatever happened, the message is the newest facts. */
export function listenTo(known: KnownCase) {
  const learn = (facts: BaseFacts, about?: AboutCase): Known => {
    known.learn(facts, about)
    return { version: known.facts.version }
  }
  const validator = (facts: BaseFacts, _about?: AboutCase) => refuse(facts, known)
  for (const [kind, description] of Object.entries(ACTS)) setHandler(told(kind), learn, { validator, description })
  setHandler(told(FACTS_SENT_AGAIN), learn, { validator, description: 'the newest facts, without an act of their own' })
}

function refuse(facts: BaseFacts, known: KnownCase): void {
  if (!Number.isInteger(facts?.version)) throw new TypeError('the message holds no facts with a version')
  if (facts.programme !== known.facts.programme)
    throw new TypeError(`facts of programme ${facts.programme} for a case of ${known.facts.programme}`)
}
