import { AGENCIES_FOR_HELP, AGENCIES_FOR_NEED } from '@tirek/procedure/meetings/proposed'
import { expect, test } from 'vitest'
import { AGENCY_KINDS } from './agency-codes.ts'
import { HELP_KINDS, NEED_KINDS } from './forms/codes.ts'

test('who is proposed for a meeting: every need and every help has its row, every agency is a kind of the directory', () => {
  expect(Object.keys(AGENCIES_FOR_NEED)).toEqual(Object.keys(NEED_KINDS))
  expect(Object.keys(AGENCIES_FOR_HELP)).toEqual(Object.keys(HELP_KINDS))
  for (const kind of [...Object.values(AGENCIES_FOR_NEED), ...Object.values(AGENCIES_FOR_HELP)].flat())
    expect(Object.keys(AGENCY_KINDS)).toContain(kind)
})
