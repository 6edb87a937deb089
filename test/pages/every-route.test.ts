/** Every route is known to the list of pages, and words of another language are noticed. */
import { expect, test } from 'vitest'
import { PAGES, routesOfRouter } from './every-page.ts'
import { foreignTo, KNOWN_TEXTS } from './other-language.ts'

test('every route of the router has a row that says who opens it and how', () => {
  const routes = routesOfRouter()
  expect(routes.length).toBeGreaterThan(30)
  expect(Object.keys(PAGES).toSorted()).toEqual(routes.toSorted())
})

test('words of another language are noticed, names are not', () => {
  expect(KNOWN_TEXTS).toBeGreaterThan(1_000)
  expect(foreignTo('kk', ['Сегодня', 'Бүгін', 'Артём Ветров'])).toEqual(['says in the words of ru: Сегодня'])
  expect(foreignTo('en', ['Бүгін', 'Today'])).toEqual(['says in the words of kk: Бүгін'])
})
