/** Words of work, people, systems and problems that mean nearly the same, by a name for what they mean. General English. */
export const workWords: Readonly<Record<string, string>> = {
  problem:
    'problem, issue, trouble, trouble with, difficulty, pain, pain point, challenge, struggle, struggling, complaint, complain, annoying, annoy, nuisance, frustrating, frustrated, bother, hassle, headache, wrong, goes wrong, mess, chaos, broken, breaks, break down, stuck, fault, faulty, defect, defective, error, mistake, bug, fail, fails, failed, failure, not working, does not work, bottleneck, nightmare, suffer, lost, gets lost, crash, crashes',
  defect:
    'defect, defective, fault, faulty, bug, error, broken, break, crash, malfunction, fail, failure, failed, frozen, freeze, freezes, outage, down, wrong data, glitch, leak, damaged, damage, unreliable, not working, does not work, quality, wrong, missing',
  outage:
    'outage, downtime, down, offline, unavailable, interruption, stopped, stop, stoppage, standstill, shut down, blackout, crashed, halt',
  missing:
    'missing, lack, lacking, lacks, does not have, without, no support for, cannot do, absent, not there, feature, function, functionality, roadmap',
  delay:
    'delay, delayed, late, lateness, behind schedule, overdue, slow, slower, waiting, wait, waited, queue, queueing, hold up, held up, backlog, postpone, postponed, put off, push back, takes too long, takes forever, weeks late',
  waiting:
    'wait, waiting, waited, queue, queues, queueing, queuing, line up, stand, standing, idle, hold, on hold, hang around, stuck, detention, demurrage, dwell',
  error:
    'error, mistake, wrong, incorrect, typo, mix up, mixed up, swap, inaccurate, inaccuracy, miss, missed, double, duplicate, double-booked, forget, forgotten, overlooked, misread',
  manual:
    'manual, manually, by hand, paper, spreadsheet, excel, type in, typing, retype, clipboard, whiteboard, phone, copy and paste, email, notebook, sticky note, pen and paper, checklist',
  quality:
    'quality, standard, accurate, accuracy, reliable, reliability, precise, precision, correct, condition, robust',
  risk: 'risk, risky, danger, dangerous, endanger, jeopardy, jeopardise, threat, threaten, exposure, exposed, unsafe, at stake, vulnerable',
  concern:
    'concern, concerned, worry, worried, worries, worrying, afraid, fear, nervous, anxious, doubt, doubts, doubtful, hesitant, hesitate, hesitation, sceptical, skeptical, reservation, reservations, uneasy, uncomfortable, not sure, unsure, cautious, objection, reluctant, bad experience, burned, burnt, what if, scared, against it, not convinced, red flag, keeps me up',
  complaint:
    'complain, complaint, complaining, unhappy, dissatisfied, disappointed, disappointing, angry, annoyed, frustrated, furious, unacceptable, upset, fed up, ridiculous, not good enough, let down, poor service, sick of, had enough, disgrace, joke',
  satisfied:
    'satisfied, happy, pleased, delighted, love, great, excellent, brilliant, fantastic, perfect, wonderful, impressed, glad',
  escalate:
    'escalate, escalation, manager, supervisor, senior, more senior, boss, higher up, director, head of, executive, ceo, coo, chief, somebody who can, someone who can, from the top, in charge, vice president, managing director, responsible, complaint department, whoever runs',
  urgent:
    'urgent, urgency, urgently, asap, as soon as possible, immediately, right away, hurry, quickly, pressing, priority, critical, deadline, straight away, emergency, time is short, running out of time, no time, tight, last minute, at the latest',
  deadline:
    'deadline, by the end, no later than, at the latest, cut-off, cutoff, until then, time limit, target date, hard date, fixed date, by then',
  timeline:
    'timeline, timescale, time frame, timeframe, start date, launch, go live, go-live, up and running, in place, completion, move in, install, installed, deadline',
  golive:
    'go live, go-live, be live, launch, launched, up and running, in place, operational, installed, rollout, roll out, switch over, move in, implement, implementation, introduce',
  schedule:
    'schedule, scheduling, plan, planning, planner, roster, rota, shift, shifts, timetable, calendar, diary, slot, booking, book, allocate',
  meeting:
    'meeting, session, appointment, visit, speak again, catch up, follow-up, follow up, workshop, kick-off, kickoff, diary, calendar, invite, invitation, viewing, demo, site visit, come by, drop by, come over, come round, stop by, see you, video call, walk-through, walkthrough, consultation',
  followup:
    'follow-up, follow up, next step, next steps, next meeting, next call, get back, come back to, ring back, call back, check in, touch base',
  recap:
    'recap, sum up, sums up, summarise, summarize, to sum up, read it back, go over, repeat, just to confirm, let me repeat, so next steps, next steps, in short, wrap up, to be clear, what we agreed, let me check I have, so I will',
  agenda:
    'agenda, purpose of, goal of, three things, two things, few things, want to cover, cover today, go through today, topics, start with, what I have in mind, reason for my call, reason I am calling, calling about, would like to do today',
  greeting:
    'hello, good morning, good afternoon, welcome, my name is, nice to meet you, introduce, introduction, introduced, calling from, I am from',
  introduce: 'introduce, introduced, introduction, my name is, speaking from, calling from, I am with',
  small_talk: 'weather, weekend, holiday, rain, sunshine, football, kids, children, birthday',
  record: 'record, recorded, recording, note-taker, transcript, consent, data protection, privacy',
  privacy:
    'privacy, private, gdpr, data protection, personal data, confidential, confidentiality, consent, anonymous, anonymise, nda',
  security:
    'security, secure, encrypted, encryption, breach, hack, hacked, hacker, password, login, access, protect, protection, safe, safety, cyber, firewall, alarm, lock, theft, stolen, burglary, break-in, guard, camera',
  safety:
    'safety, safe, unsafe, accident, injury, injured, hurt, dangerous, hazard, hazardous, protect, protection, protective, incident, fire, risk assessment',
  integration:
    'integrate, integration, integrating, connect, connecting, connection, connector, interface, api, link, linked, plug in, hook up, sync, synchronise, talk to, talks to, compatible, compatibility, import, export, migrate, migration, work with, works with, feed, fit in',
  system:
    'system, software, tool, application, app, program, programme, platform, database, spreadsheet, excel, erp, crm, solution, technology, suite, sheet, module',
  technology:
    'technology, technical, software, hardware, device, computer, laptop, phone, tablet, network, server, cloud, internet, wifi',
  data: 'data, record, file, figure, report, dashboard, statistic, metrics, spreadsheet',
  report: 'report, reporting, dashboard, statistic, chart, figure, analysis, analytics, overview, evaluation',
  support:
    'support, helpdesk, help desk, service desk, ticket, tickets, customer service, hotline, maintenance, after-sales, aftercare, account manager, response time, answer the phone',
  ticket:
    'ticket, tickets, incident, support request, support case, open issue, complaint number, open point, service request',
  usage:
    'usage, use, used, users, user, log in, logged in, login, logins, active, adoption, adopt, utilisation, utilization, utilise, seats, volume, consumption, tracked, connected, visits, sessions, how often',
  result:
    'result, results, outcome, improvement, improve, improved, reduce, reduced, fell, dropped, went down, increase, increased, rose, went up, achieved, halved, doubled, down from, up from, used to be, now it is, instead of, compared with',
  increase:
    'increase, increased, grow, growth, growing, rise, rising, rose, more, went up, higher, doubled, tripled, double, expand, expanding, up from',
  decrease:
    'decrease, decreased, fall, fell, falling, drop, dropped, dropping, decline, declining, shrink, shrinking, reduce, reduced, reduction, went down, fewer, less, lower, cut, cuts, halved, down from, close, closing, closure',
  staff:
    'staff, employee, worker, workforce, personnel, team, crew, hire, hiring, recruit, recruitment, recruiting, headcount, labour, labor, colleague, operator, agency staff, temp, roster, shift, manpower, vacancy, candidate, resource',
  labour:
    'labour, labor, overtime, shift, shifts, roster, rota, crew, crews, staffing, staff, headcount, idle, agency, sick leave, understaffed, overstaffed, short-staffed, hours, hire, workers, capacity, workload, workforce',
  turnover:
    'turnover, resign, resignation, left, leave, leaving, quit, attrition, departed, departure, retire, retired, new job, moved on, successor, replacement, replaced, interim',
  sponsor:
    'champion, sponsor, contact, relationship, owner, ownership, departed, left, successor, interim, handover, took over, responsible, neglected, nobody called, attention, trust, account manager, ignored, forgotten, abandoned',
  relationship:
    'relationship, trust, contact, communication, communicate, responsive, unresponsive, attention, neglect, neglected, rapport, nobody called, never called, no answer, ignored, cancelled the, abandoned, rude',
  manager:
    'manager, boss, head, lead, leader, chief, director, supervisor, executive, owner, ceo, cfo, coo, cto, cio, vp, president, chair, chairman, chairwoman, managing director, principal, dean, partner, board',
  owner: 'owner, responsible, responsibility, in charge, accountable, takes care, looks after',
  family:
    'wife, husband, spouse, partner, family, mother, father, parents, daughter, son, brother, sister, children, kids',
  site: 'site, sites, location, locations, branch, branches, store, stores, shop, shops, plant, plants, factory, factories, warehouse, depot, depots, office, offices, building, facility, facilities, outlet, premises, door, doors, campus, ward, mill',
  quantity: 'amount, how many, how much, count, total, volume, quantity, capacity, area, square metres',
  size: 'number of, how many, square metres, headcount, capacity',
  time: 'hour, hours, minute, minutes, day, days, week, weeks, month, months, duration',
  date: 'calendar, deadline',
  today: 'today, currently, current, at the moment, right now, these days, existing, so far',
  current:
    'current, currently, at the moment, existing, today, in place, we use, we are on, we have, so far, until now, incumbent',
  need: 'need, needs, require, requires, required, requirement, looking for, look for, must have, have to, necessary, demand, expectation, would like, goal, objective, aim, criteria',
  goal: 'goal, objective, aim, target, success, achieve, purpose, priority, kpi, aspiration, ambition, success criteria',
  interest:
    'interest, interested, interesting, keen, curious, excited, exciting, enthusiastic, sounds good, tempted, appeal',
  reject:
    'reject, rejected, refuse, refused, refusal, decline, declined, turn down, turned down, rule out, ruled out, dismiss, no thanks, not interested, not doing that, out of the question, say no, said no, never, do not call, remove me, off the list, does not want',
  ask: 'ask, asks, asked, request, requested, question, inquire, enquire, demand',
  state: 'state, states, stated, mention, name, describe, explain, report, express',
  explain:
    'explain, explained, explanation, describe, walk through, clarify, clarified, outline, set out, how it works, means that, the way it works, in other words, the reason is',
  advise:
    'advise, advice, recommend, recommendation, suggest, suggestion, propose, counsel, tip, guidance, consult, would go for, best option',
  confirm: 'confirm, confirmed, confirmation, verify, verified, double-check, validate, is that right',
  identity:
    'identity, verify, date of birth, account number, customer number, reference number, full name, policy number, passport, id, postcode, address, security question',
  contact: 'contact, phone number, email, address, call back, mobile, reach, email address, telephone',
  apology: 'sorry, apologise, apologize, apology, regret, my fault, our fault, my mistake, our mistake, forgive',
  thanks: 'thank, thanks, grateful, appreciate',
  compensation:
    'compensate, compensation, refund, refunded, credit, credit note, money back, reimburse, reimbursement, goodwill, make up for, voucher, reimbursed, damages',
  repair:
    'repair, fix, fixed, mend, replace, replacement, maintenance, maintain, technician, engineer, patch, resolve, resolved, solve, solved',
  inspection:
    'inspect, inspection, survey, surveyor, audit, assessment, measure, check, site visit, look at the site, examine',
  training:
    'training, train, trained, onboarding, onboard, learn, workshop, course, teach, coach, coaching, familiarise, instruction',
  install:
    'install, installation, installed, set up, setup, set-up, implement, implementation, deploy, deployment, mount, fit, fitted, commission, onboarding',
  migration: 'migrate, migration, move over, switch over, transfer, port, convert, transition, changeover, import',
  change:
    'change, changes, changed, alter, modify, modification, switch, adjust, adjustment, reorganise, reorganisation, restructure, merge, merger',
  growth: 'grow, growing, growth, expand, expansion, scale, scaling, new site, acquisition',
  closure: 'close, closed, closing, closure, shut, shut down, wind down, run down, go out of business, bankrupt',
  capacity:
    'capacity, overload, overloaded, overwhelmed, workload, busy, peak, stretched, too many, bottleneck, keep up, cannot keep up',
  environment:
    'environment, environmental, sustainable, sustainability, green, carbon, emission, emissions, co2, climate, recycle, recycling, eco, footprint',
  research: 'research, study, survey, interview, analysis, investigate, investigation, experiment, laboratory',
  document:
    'document, paperwork, form, certificate, contract, letter, pdf, brochure, file, report, copy, email, record',
  send: 'send, sent, mail, email, forward, post, pass on, attach, text',
  material: 'material, sample, brochure, information, catalogue, document, link, example, video',
  reference:
    'reference, references, referral, testimonial, case study, example, other customers, similar customer, similar customers, recommend',
  language: 'language, english, french, german, spanish, translate, translation, interpreter',
  reply:
    'answer, reply, respond, response, hear from, hear back, get back, come back to, let me know, let us know, write back, ring back, call back, from you, tell me, decision, word from',
  admit:
    'let in, let you in, let him in, let her in, open up, opens up, open the door, unlock, key, keys, gate, reception, meet, receive, show around, show you round, access, escort',
  trapped:
    'stuck, trapped, locked in, shut in, caught, jammed, get out, got out, could not get out, freed, rescue, rescued',
  cause:
    'cause, caused, causes, reason, because, why, due to, result of, led to, triggered, trigger, root cause, culprit, blame, turned out, comes from, came from',
  replace:
    'replace, replaced, replacement, modernise, modernize, modernisation, renew, swap, swap out, upgrade, rip out, new one, brand new, rebuild, refurbish, refurbishment',
  prohibit:
    'prohibit, forbid, forbidden, not allowed, ban, banned, limit, no way, must not, do not want, never, under no circumstances, off limits, draw the line, only if, refuse, rule out, nothing that',
  maximum:
    'maximum, at most, at the most, up to, no more than, not more than, limit, ceiling, cap, tops, highest, not a penny more, cannot go over, go up to, go as far as',
  minimum: 'minimum, at least, no less than, not less than, floor, lowest',
  remote: 'remote, online, video, virtual, home office, from home, hybrid',
};
