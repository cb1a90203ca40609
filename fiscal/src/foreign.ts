import { argentina } from './ar.ts'
import { austria } from './at.ts'
import { azerbaijan } from './az.ts'
import { brazil } from './br.ts'
import { chile } from './cl.ts'
import { germany } from './de.ts'
import { spain } from './es.ts'
import type { FiscalFormat } from './format.ts'
import { greece } from './gr.ts'
import { croatia } from './hr.ts'
import { albania, montenegro } from './iic-link.ts'
import { india } from './in.ts'
import { kenya } from './ke.ts'
import { kyrgyzstan } from './kg.ts'
import { kazakhstan } from './kz.ts'
import { moldova } from './md.ts'
import { mexico } from './mx.ts'
import { portugal } from './pt.ts'
import { saudiArabia } from './sa.ts'
import { slovenia } from './si.ts'
import { slovakia } from './sk.ts'
import { fiji, republikaSrpska, samoa, serbia } from './taxcore.ts'
import { tanzania } from './tz.ts'
import { ukraine } from './ua.ts'
import { uzbekistan } from './uz.ts'

/** Every format but the Russian one, whose reader names the country of a receipt that is not its. */
export const FOREIGN_FORMATS: readonly FiscalFormat[] = [
  austria,
  germany,
  serbia,
  republikaSrpska,
  fiji,
  samoa,
  kazakhstan,
  kyrgyzstan,
  uzbekistan,
  montenegro,
  albania,
  slovakia,
  portugal,
  brazil,
  greece,
  ukraine,
  mexico,
  argentina,
  spain,
  india,
  saudiArabia,
  chile,
  azerbaijan,
  moldova,
  croatia,
  slovenia,
  tanzania,
  kenya,
]
