/** Words of buying, selling and contracts that mean nearly the same, by a name for what they mean. General English. */
export const commerceWords: Readonly<Record<string, string>> = {
  price:
    'price, pricing, priced, fee, cost, costs, tariff, rent, premium, quote, quotation, price tag, list price, expensive, cheap, per month, a month, per year, a year',
  budget:
    'budget, budgeted, ceiling, spending limit, limit, cap, set aside, funds, funding, fund, afford, affordable, allocated, earmarked, can spend, to spend, price range, willing to pay',
  discount:
    'discount, rebate, reduction, reduce, knock off, off the price, price cut, concession, special price, cheaper, lower price, sharpen, waive, free of charge, percent off, money off, promotion, voucher',
  expensive:
    'expensive, pricey, too much, too high, costly, dear, steep, overpriced, cannot afford, out of budget, over budget, too dear',
  payment:
    'payment, pay, paid, invoice, invoicing, billing, instalment, installment, deposit, down payment, prepay, upfront, up front, direct debit, credit card, bank transfer, payment terms, net thirty, overdue, refund',
  finance:
    'finance, financing, loan, mortgage, lease, leasing, credit, interest rate, lender, bank, instalment, installment, lend',
  contract:
    'contract, agreement, order form, paperwork, clause, subscription, licence, license, msa, engagement letter, statement of work, purchase order',
  term: 'term, duration, contract length, multi-year, multiyear, long-term, months, year, years, minimum term, lock in, locked in, tied in',
  renewal:
    'renew, renewal, renewing, extend, extension, prolong, prolongation, roll over, continue, carry on, stay with, another year',
  expiry:
    'end, ends, ending, expire, expires, expiry, expiration, run out, runs out, runs until, runs to, terminate, lapse, up for renewal, renewal date',
  start:
    'start, starts, starting, begin, begins, beginning, commence, commencing, kick off, set off, from when, as of when',
  cancel:
    'cancel, cancellation, terminate, termination, leave, leaving, quit, walk away, switch away, drop, end the contract, give notice, notice period, get out, pull out, back out, stop using, opt out, exit',
  churn:
    'cancel, leave, switch, walk away, terminate, look elsewhere, go elsewhere, move to, alternatives, take our business, not renew, give up, change supplier, change provider',
  sign: 'sign, signed, signature, signs, countersign, sign off, signs off, sign-off, signatory, put his name, put her name, docusign, e-sign',
  buy: 'buy, purchase, order, procure, acquire, go with, invest, place an order, sign up',
  sell: 'sell, selling, sale, sales, vendor, seller',
  offer: 'offer, proposal, quote, quotation, bid, tender, estimate, propose, put together, price list',
  negotiate:
    'negotiate, negotiation, negotiating, haggle, bargain, counter, counteroffer, counter offer, meet in the middle, meet me halfway, come down, push back, better terms, better price, if you, that is what I need, best and final, wiggle room',
  commit: 'commit, committed, commitment, promise, guarantee, pledge, undertake, assure, assurance',
  agree:
    'agree, agreed, agreement, accept, accepted, acceptance, settle, settled, works for me, consent, consented, approve',
  approve:
    'approve, approval, consent, consents, nod, nods, blessing, go-ahead, says yes, say yes, past them, authorise, authorize, authorisation, sign off, sign-off, green light, permission, rubber stamp, clear it, clearance, signs, signature',
  decide:
    'decide, decides, decision, final say, final word, last word, decider, makes the call, decision-maker, decision maker, buck stops, approve, approval, sign off, sign-off, signs, my call, her call, his call, their call, authority',
  committee:
    'committee, board, panel, council, trustees, shareholders, partners, directors, management team, leadership team, group office, head office, headquarters',
  procurement: 'procurement, purchasing, sourcing, tender, rfp, buying department',
  legal: 'legal, lawyer, lawyers, attorney, solicitor, counsel, court, lawsuit, sue, law, liability, liable, claim',
  compliance:
    'compliance, comply, compliant, regulation, regulator, regulatory, audit, auditor, inspection, inspector, certificate, certification, certified, standard, requirement, rule, law, mandatory, penalty, penalties, fine, fined, gdpr, hipaa, iso, legislation',
  trial:
    'trial, pilot, proof of concept, poc, test run, try it, try out, trying, evaluation, evaluate, test it, sandbox, on probation, sample, taster, free month, test phase, trial period, trial lesson',
  demo: 'demo, demonstration, demonstrate, show you, showed, shown, presentation, walk through, walk you through, share my screen, sharing my screen, screen, tour, viewing, dashboard, on the screen, walkthrough',
  offerSeen: 'offer, proposal, quote, sent you, mailed you, pdf, in front of me',
  competitor:
    'competitor, competition, rival, alternative, another vendor, another provider, other provider, another supplier, other supplier, other quotes, other offers, second offer, elsewhere, compare, comparing, comparison, shop around, also talking to, also looking at, other companies, other firms',
  supplier: 'supplier, vendor, provider, contractor, manufacturer, distributor, wholesaler, dealer',
  customer: 'customer, client, buyer, consumer, shopper, end customer, user, subscriber, tenant, patient',
  partnership:
    'partner, partnership, reseller, referral, refer, recommend, reference, testimonial, case study, quote you, word of mouth',
  upgrade: 'upgrade, expand, expansion, add-on, more seats, upsell, extend, premium, roll out, rollout, next tier',
  downgrade:
    'downgrade, reduce, smaller, scale back, scale down, cut back, cut down, lower tier, shrink, drop to, cheaper plan',
  delivery:
    'deliver, delivery, delivered, ship, shipping, shipment, dispatch, transport, freight, courier, parcel, pallet, truck, lorry, carrier, haulier, arrive, arrival, consignment, logistics',
  order: 'order, orders, ordering, ordered, purchase order, basket, cart',
  stock: 'stock, inventory, warehouse, storage, supply, in stock, out of stock, backorder, shortage',
  revenue: 'revenue, turnover, sales, income, earnings, profit, margin, growth, top line',
  savings:
    'save, saved, saving, savings, cut costs, cheaper, reduce costs, return on investment, roi, pay back, payback, pays for itself, worth it',
  loss: 'lose, lost, loss, losing, written off, forfeit, damage, damages, cost us, deducted, penalty',
  value: 'value, benefit, worth, advantage, return, roi, gain, improve, improvement, pay off, paid off, useful',
  market: 'market, industry, sector, segment, marketing, campaign, advertise, advertising, advert, brand, promotion',
  warranty: 'warranty, guarantee, guaranteed, coverage, money back, replacement',
  insurance:
    'insurance, insure, insured, insurer, policy, premium, cover, coverage, claim, deductible, excess, underwriter, broker',
  property:
    'property, house, flat, apartment, home, square metres, square feet, rent, tenant, landlord, lease, viewing, premises',
  vehicle: 'car, van, vehicle, truck, lorry, fleet, bus, motor, mileage, driver, engine, charging',
  energy:
    'energy, electricity, power, gas, heating, heat, solar, panel, kilowatt, meter, battery, boiler, heat pump, fuel, grid, consumption, charger',
  health:
    'patient, doctor, physician, clinician, practitioner, surgeon, therapist, physiotherapist, physio, clinic, hospital, medical, health, treatment, nurse, dental, dentist, therapy, medicine, symptom',
  education:
    'course, trainer, lesson, class, school, student, pupil, teacher, teach, learn, learner, workshop, university, curriculum, exam, tuition, lecture',
  event: 'event, wedding, conference, venue, catering, banquet, reception, festival, exhibition, ceremony, celebration',
  travel: 'travel, trip, hotel, flight, journey, tour, holiday, accommodation, airport',
  food: 'food, meal, menu, kitchen, restaurant, catering, cook, chef, canteen, drink, ingredient, lunch, dinner',
  construction:
    'construction, install, installation, roof, renovate, renovation, plumber, electrician, repair, architect, builder, contractor, concrete, scaffold',
  cleaning: 'clean, cleaning, cleaner, hygiene, dirty, dirt, washing, janitor, tidy, disinfect',
};
