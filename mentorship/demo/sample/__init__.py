"""The sample program: an organization of about 200 people, told from texts and rosters.

Everything is seeded and counted back from today, so that the demo is always in the
seventh week of its second cohort. It writes facts only; figures are the night's work.
"""
