import { expect, test } from 'vitest'
import { report } from './bounce.fixture.ts'
import { readBounce } from './bounce.ts'

test('a delivery report names the letter by our id, or by the Message-ID returned', async () => {
  const id = '0190e000-0000-7000-8000-000000000001'
  expect(await readBounce(report(id, '<m@example.org>'))).toEqual({
    letter: id,
    messageId: '<m@example.org>',
    action: 'failed',
    status: '5.1.1',
    diagnostic: 'smtp; 550 5.1.1 <gone@example.org>: Recipient address rejected',
  })
  expect(await readBounce(report('', '<m@example.org>', 'delayed', '4.4.1'))).toMatchObject({
    messageId: '<m@example.org>',
    action: 'delayed',
    status: '4.4.1',
  })
})

test('any other mail is no report', async () => {
  expect(await readBounce(Buffer.from('From: a@example.org\r\nSubject: hi\r\n\r\nfailed 5.1.1'))).toBeUndefined()
  expect(await readBounce(Buffer.alloc(0))).toBeUndefined()
})
