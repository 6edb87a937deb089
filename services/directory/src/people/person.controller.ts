import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger'
import { MyChange, NewPerson, Person, PersonChange, PersonLogin } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { NeedsFreshSignIn, WhoIs } from '@tirek/platform/http'
import type { Tries } from '@tirek/platform/limits'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { PersonService } from './person.service.ts'

export const SIGN_INS = Symbol('tries of sign-ins')

const PeopleAsked = PageAsked.extend({ organisation: z.uuid().optional(), role: z.string().max(40).optional() })

@Controller('api')
export class PersonController {
  constructor(@Inject(PersonService) private readonly people: PersonService) {}

  @Get('me')
  @Untrailed('only the person who asks')
  @ApiOkResponse({ standardSchema: Person } as never)
  me(@WhoIs() who: Who) {
    return this.people.own(who)
  }

  /** RT-10: all that the directory holds on the person who asks, and who changed it. */
  @Get('me/export')
  @Untrailed('only the person who asks')
  exportMe(@WhoIs() who: Who) {
    return this.people.held(who)
  }

  /** Language and whether a morning comes as one letter: everybody's own choice. */
  @Patch('me')
  @Trailed('person-changed')
  @ApiOkResponse({ standardSchema: Person } as never)
  changeMe(@Body({ schema: MyChange }) change: MyChange, @WhoIs() who: Who) {
    return this.people.change(who.person, change, who)
  }

  /** Ends all sign-ins of one's own, on every device, within a minute. */
  @Post('me/sign-out')
  @Trailed('person-signed-out')
  @HttpCode(204)
  @ApiNoContentResponse()
  async signMeOut(@WhoIs() who: Who) {
    await this.people.signOut(who.person, who)
  }

  @Get('people')
  @Trailed('read-people')
  @ApiOkResponse({ standardSchema: pageOf(Person) } as never)
  list(@Query({ schema: PeopleAsked }) asked: z.infer<typeof PeopleAsked>, @WhoIs() who: Who) {
    return this.people.list(asked, who)
  }

  @Post('people')
  @Trailed('person-added')
  @ApiCreatedResponse({ standardSchema: Person } as never)
  add(@Body({ schema: NewPerson }) person: NewPerson, @WhoIs() who: Who, @Headers('idempotency-key') key?: string) {
    return this.people.add(person, who, key)
  }

  @Patch('people/:id')
  @Trailed('person-changed')
  @ApiOkResponse({ standardSchema: Person } as never)
  change(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @Body({ schema: PersonChange }) change: PersonChange, @WhoIs() who: Who) {
    return this.people.change(id, change, who)
  }

  /** Ends all sign-ins of a person, on every device, within a minute. */
  @Post('people/:id/sign-out')
  @Trailed('person-signed-out')
  @NeedsFreshSignIn()
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    await this.people.signOut(id, who)
  }
}

const Ended = z.strictObject({ session: z.uuid(), person: z.uuid(), until: z.number().int().positive() })
const SignInTried = z.strictObject({ address: z.string().max(64), failed: z.boolean() })
const Asked = z.object({ login: PersonLogin.optional(), id: z.uuid().optional() })

/** For other services: the issuer asks who may sign in, the pages say who has signed out and who failed to come in. */
@Controller('internal')
export class InternalPersonController {
  constructor(
    @Inject(PersonService) private readonly people: PersonService,
    @Inject(SIGN_INS) private readonly tries: Tries,
  ) {}

  /** Somebody comes back from the issuer, or that failed: throws `too-many-tries` where too many of this address did. */
  @Post('sign-ins/tried')
  @HttpCode(204)
  @ApiNoContentResponse()
  async tried(@Body({ schema: SignInTried }) { address, failed }: z.infer<typeof SignInTried>) {
    await (failed ? this.tries.failed(address) : this.tries.mayTry(address))
  }

  @Get('people')
  async signIns(@Query({ schema: Asked }) { login, id }: z.infer<typeof Asked>) {
    return { items: await this.people.signIns(login, id) }
  }

  /** A session of a browser was ended: no service takes its requests from now on. */
  @Post('sessions/end')
  @HttpCode(204)
  @ApiNoContentResponse()
  async endSession(@Body({ schema: Ended }) ended: z.infer<typeof Ended>) {
    await this.people.endSession(ended)
  }
}
