/** What waits to be sent: said in the place of its form, and on every page, since it is not saved before it has gone. */
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { ask, Refused } from '../api.ts'
import { outbox, useHere } from '../me.tsx'
import type { Sent, Waiting } from '../outbox.ts'
import { useWaiting } from '../sending.ts'

/** Looked after again and again: a phone does not always tell that its connection is back. */
const AGAIN_EVERY_MS = 15_000

const offline = (error: unknown) => error instanceof Refused && error.offline
const problemOf = (error: unknown) => (error instanceof Refused ? error.problem : undefined)
const sendOne = ({ path, body, key }: Waiting) => ask<unknown>(path, { method: 'POST', body, key })

/** Two tabs do not send at once; sent twice it would be saved once all the same. */
async function sendAll(person: string): Promise<void> {
  const send = () => outbox.sendAll(person, sendOne, offline, problemOf)
  if (!('locks' in navigator)) return send()
  await navigator.locks.request('tirek-outbox', { ifAvailable: true }, (lock) => (lock ? send() : undefined))
}

/** In the place of the form that waits. */
export function WaitingNote({ takeBack }: { takeBack(): void }) {
  const { me, words } = useHere()
  return (
    <section className="note soon" role="status" aria-label={words.waitsToSend}>
      <h2>{words.waitsToSend}</h2>
      <p>{words.waitsHint}</p>
      <p className="row wrap">
        <button type="button" className="button" onClick={() => void sendAll(me.person)}>
          {words.sendNow}
        </button>
        <button type="button" className="button quiet" onClick={takeBack}>
          {words.changeIt}
        </button>
      </p>
    </section>
  )
}

/** On every page: what waits, what went, what was refused. */
export function WaitingBar() {
  const { me, words } = useHere()
  const queries = useQueryClient()
  const all = useWaiting(me.person)
  const [went, setWent] = useState<Sent>()
  const send = useCallback(() => void sendAll(me.person), [me.person])
  const waits = all.some((one) => !one.refused)
  useEffect(
    () =>
      outbox.watch((sent) => {
        if (!sent) return
        setWent(sent)
        void queries.invalidateQueries()
      }),
    [queries],
  )
  useEffect(() => {
    if (!waits) return
    send()
    const timer = setInterval(send, AGAIN_EVERY_MS)
    window.addEventListener('online', send)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', send)
    }
  }, [waits, send])
  if (all.length === 0 && !went) return null
  const id = went && caseOf(went)
  return (
    <div className="waiting-bar" role="status">
      {all.map((one) => (
        <p key={one.key}>
          <b>{one.refused ? words.notAccepted : words.waitsToSend}:</b> <a href={one.at}>{one.label}</a>
        </p>
      ))}
      {went && (
        <p>
          <b>{words.wasSent}:</b>{' '}
          {id ? (
            <Link to="/cases/$id" params={{ id }} onClick={() => setWent(undefined)}>
              {went.waiting.label}
            </Link>
          ) : (
            went.waiting.label
          )}{' '}
          <button type="button" className="plain" onClick={() => setWent(undefined)}>
            {words.close}
          </button>
        </p>
      )}
    </div>
  )
}

const caseOf = ({ waiting, answer }: Sent): string | undefined =>
  (answer as { summary?: { id?: string } } | undefined)?.summary?.id ?? /^\/api\/cases\/([0-9a-f-]{36})\//.exec(waiting.path)?.[1]
