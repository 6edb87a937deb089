/** Whether this device tells of the hour while no page is open. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useHere } from '../me.tsx'
import { allowedPush, pushState, startPush, stopPush } from '../push.ts'
import { pushWords } from '../words-of/push.ts'
import { Failure } from './states.tsx'

export function PushCard() {
  const { lang, words } = useHere()
  const push = pushWords(lang)
  const queries = useQueryClient()
  const state = useQuery({
    queryKey: ['push'],
    queryFn: async ({ signal }) => ({ ...(await allowedPush(signal)), here: await pushState() }),
    retry: false,
  })
  const change = useMutation({
    mutationFn: async () => {
      if (state.data?.here === 'on') await stopPush()
      else await startPush(state.data!.key!)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['push'] }),
  })
  if (!state.data?.key || state.data.here === 'cannot') return null
  const { here } = state.data
  return (
    <section className="card pad" aria-labelledby="push-title">
      <h2 id="push-title">{push.title}</h2>
      <p>{here === 'refused' ? push.refused : here === 'on' ? push.on : push.off}</p>
      {change.isError && <Failure error={change.error} words={words} />}
      {here !== 'refused' && (
        <button type="button" className="button quiet" disabled={change.isPending} onClick={() => change.mutate()}>
          {here === 'on' ? push.stop : push.allow}
        </button>
      )}
    </section>
  )
}
