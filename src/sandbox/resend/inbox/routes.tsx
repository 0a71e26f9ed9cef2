/** @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import type { Email } from '../email.ts'

export type InboxOptions = { inbox: () => Email[]; accepted: () => number }

export const createInboxPages = (_: InboxOptions) => new Hono()
