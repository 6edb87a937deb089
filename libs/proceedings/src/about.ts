import type { AboutCase } from '@tirek/workflows/messages'
import type { Place, ProceedingRow } from './kind.ts'

/** What administrators see of a proceeding in Temporal besides its facts. `link`: where the pages are. */
export const aboutOf = ({ of }: Pick<Place, 'of'>, row: ProceedingRow, link: string): AboutCase => ({
  number: row.caseNumber,
  organisation: row.organisation,
  ...(row.manager && { manager: row.manager }),
  link: `${link}/cases/${row.caseId}/${of}s/${row.id}`,
})
