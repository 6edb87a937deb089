/** Sending a form: saved at once where there is a connection, else it waits on this device and goes by itself when the connection is back. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ask, Refused } from './api.ts'
import type { Filling } from './form-state.ts'
import { outbox } from './me.tsx'
import type { Waiting } from './outbox.ts'

export type Request = { path: string; body: unknown; key: string }

/** Of those that wait, for a list of them. Told anew at every change. */
export function useWaiting(person: string): readonly Waiting[] {
  const [all, setAll] = useState<readonly Waiting[]>([])
  useEffect(() => {
    let gone = false
    const look = () => void outbox.list(person).then((found) => gone || setAll(found))
    look()
    const stop = outbox.watch(look)
    return () => {
      gone = true
      stop()
    }
  }, [person])
  return all
}

export type Sending<V> = {
  /** Sends what is typed now. */
  send(variables: V): void
  isPending: boolean
  /** Why it was not saved, at once or later. */
  error: unknown
  /** It waits for a connection: the form stands still until it was sent or taken back. */
  waiting?: Waiting | undefined
  takeBack(): void
}

/** `request`: what is sent, asked once for each sending. `onSent`: also when it went later, while this page is open. */
export function useSending<V, A>({
  person,
  form,
  filling,
  label,
  request,
  onSent,
}: {
  person: string
  form: string
  filling: Filling
  label: string
  request(variables: V): Request
  onSent(answer: A): unknown
}): Sending<V> {
  const mine = useWaiting(person).find((one) => one.form === form)
  const asked = useRef<Request>(undefined)
  const sent = useRef<(answer: A) => void>(undefined)
  const save = useMutation({
    mutationFn: (variables: V) => {
      const now = request(variables)
      asked.current = now
      return ask<A>(now.path, { method: 'POST', body: now.body, key: now.key })
    },
    onSuccess: (answer) => {
      filling.drop()
      return onSent(answer)
    },
    onError: async (error) => {
      if (!(error instanceof Refused && error.offline && asked.current)) return
      const at = window.location.pathname + window.location.search
      await outbox.put(person, { ...asked.current, form, label, at, since: Date.now() })
    },
  })
  useEffect(
    () =>
      void (sent.current = (answer) => {
        filling.drop()
        save.reset()
        void onSent(answer)
      }),
  )
  useEffect(() => outbox.watch((one) => one?.waiting.form === form && sent.current?.(one.answer as A)), [form])
  const takeBack = () => {
    if (mine) outbox.takeBack(person, mine.key)
    save.reset()
  }
  const refused = mine?.refused
  const refusal = useRef<{ of: unknown; error: Refused }>(undefined)
  // The same refusal is the same error: the summary takes the focus once.
  if (refused && JSON.stringify(refusal.current?.of) !== JSON.stringify(refused))
    refusal.current = { of: refused, error: new Refused(refused) }
  return {
    send(variables) {
      if (save.isPending) return
      if (mine) outbox.takeBack(person, mine.key)
      save.mutate(variables)
    },
    isPending: save.isPending,
    error: refused ? refusal.current?.error : save.error,
    waiting: refused ? undefined : mine,
    takeBack,
  }
}
