/** A paper of the personal file, given out as PDF or DOCX. */
import { useMutation } from '@tanstack/react-query'
import { saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import { reviewWords } from '../words-of/reviews.ts'
import { Failure } from './states.tsx'

export function PaperLinks({ caseId, act, name }: { caseId: string; act: string; name: string }) {
  const { lang, words } = useHere()
  const rev = reviewWords(lang)
  const save = useMutation({ mutationFn: saveFile })
  return (
    <>
      <span className="row wrap">
        {(['pdf', 'docx'] as const).map((ending) => (
          <button
            key={ending}
            type="button"
            className="plain"
            disabled={save.isPending}
            aria-label={`${name}: ${ending === 'pdf' ? rev.readPdf : rev.readDocx}`}
            onClick={() => save.mutate(`/api/cases/${caseId}/papers/${act}/${ending}`)}
          >
            {ending.toUpperCase()}
          </button>
        ))}
      </span>
      {save.isError && <Failure error={save.error} words={words} />}
    </>
  )
}
