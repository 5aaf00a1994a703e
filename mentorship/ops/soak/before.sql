-- A program as it was before version 0.2, in the tables of that time: staff, a cohort,
-- pairs in every state, and a row in every private table, sealed with the sample key.
-- Nobody in it is real. F20 upgrades it. Loaded with session_replication_role = replica.
INSERT INTO public.accounts_user VALUES
	('!', NULL, false, '00000000-0000-4000-8000-000000000001', 'someone-who-has-left@invalid.invalid', 'Someone who has left', '', '', 'en', 'UTC', '', NULL, NULL, '', '', false, false, '2026-11-26 16:54:12.167425+00'),
	('!', NULL, false, '00000000-0000-4000-8000-000000000002', 'the-program-itself@invalid.invalid', 'The program itself', '', '', 'en', 'UTC', '', NULL, NULL, '', '', false, false, '2026-11-26 16:54:12.167425+00'),
	('!', NULL, false, '96b80917-71b4-4e1e-b2a6-654a1186ead2', 'person1@kestrel.example', 'Given1', 'Family1', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.131968+00'),
	('!', NULL, false, 'c7a53d96-0b57-4d0a-93f2-8ada88449728', 'person2@kestrel.example', 'Given2', 'Family2', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.152218+00'),
	('!', NULL, false, '874c2f90-a593-46e1-a5dd-76927c58a840', 'person4@kestrel.example', 'Given4', 'Family4', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.180151+00'),
	('!', NULL, false, '0773f204-30d1-4830-b93f-1f0ed43da219', 'person5@kestrel.example', 'Given5', 'Family5', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.260371+00'),
	('!', NULL, false, '4475cdad-f68e-402b-98d7-b8cf6a4ee505', 'person6@kestrel.example', 'Given6', 'Family6', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.288223+00'),
	('!', NULL, false, 'e3a81a56-c20c-4079-8a55-a6d2d4a4e1c1', 'person7@kestrel.example', 'Given7', 'Family7', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.309314+00'),
	('!', NULL, false, '89febc82-53fe-4d0d-80ea-fe536d1b28ba', 'person9@kestrel.example', 'Given9', 'Family9', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.320761+00'),
	('!', NULL, false, '476b1e0a-5398-4c3b-b71d-39635dc1f8dd', 'person10@kestrel.example', 'Given10', 'Family10', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.372958+00'),
	('!', NULL, false, '79853045-3b09-4ff0-aab3-6b33523917d1', 'person11@kestrel.example', 'Given11', 'Family11', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.380212+00'),
	('!', NULL, false, 'e8188345-b926-43bd-902d-0db55306e581', 'person12@kestrel.example', 'Given12', 'Family12', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.388184+00'),
	('!', NULL, false, '3a9834c8-f6c1-466b-8a94-1c8b6897094d', 'person13@kestrel.example', 'Given13', 'Family13', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:41.456464+00'),
	('!', NULL, false, '3bba3a7e-a221-4fe6-af19-4d28de41a67e', 'person14@kestrel.example', 'Given14', 'Family14', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:41.462044+00'),
	('!', NULL, false, '3b2d7e8f-1543-4d67-88b2-941de990f11f', 'person15@kestrel.example', 'Given15', 'Family15', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:41.481981+00'),
	('!', NULL, false, '80377217-dc6a-43a1-af5c-51e70c16a00e', 'person16@kestrel.example', 'Given16', 'Family16', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:41.572567+00'),
	('!', NULL, false, '4174fd7e-2770-428b-8026-56ca7c1cafa5', 'person17@kestrel.example', 'Given17', 'Family17', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:41.578361+00'),
	('!', NULL, false, 'e4a7af51-d332-4feb-8147-4b66aca31732', 'person18@kestrel.example', 'Given18', 'Family18', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:41.582092+00'),
	('pbkdf2_sha256$1000000$LYgah6rKd2KnDXGO9hhp4F$qj7fI1gREtjEpbs4mtFVbhzEaOcbqbVqLyQkco6GDdY=', NULL, false, '86046567-9b4d-4975-b26b-8c671311188e', 'coordinator@kestrel.example', 'Given0', 'Family0', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.060333+00'),
	('pbkdf2_sha256$1000000$LYgah6rKd2KnDXGO9hhp4F$qj7fI1gREtjEpbs4mtFVbhzEaOcbqbVqLyQkco6GDdY=', NULL, false, 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d', 'mentee@kestrel.example', 'Given3', 'Family3', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.168196+00'),
	('pbkdf2_sha256$1000000$LYgah6rKd2KnDXGO9hhp4F$qj7fI1gREtjEpbs4mtFVbhzEaOcbqbVqLyQkco6GDdY=', NULL, false, 'ff798907-cc8c-492a-af23-f7eafc296ccd', 'steering@kestrel.example', 'Given8', 'Family8', '', 'en', 'UTC', '', NULL, NULL, '', '', false, true, '2026-11-26 16:54:38.316166+00') ON CONFLICT DO NOTHING;
INSERT INTO public.accounts_sealkey VALUES
	('51f6db70-0d64-47b6-a647-2970f3e429e5', '\x26a5640cd93506516aa33e2a230dd93bb0f9b4befa30369338cb0ee4ce5a47ce3c59d93e2183c8a0d8c303de51a83cbd3c997afe00f37934e9657c80', 1),
	('c79e7f5b-8afc-4f2e-8ff9-665027c35b0d', '\x71cbae4e70c5e20fc5a0f48d13c339269cf706a837100cf5d9aff8206efc4e4dfebc52a414c5e4a3585638748f549b2edae32042036a427f7b31bd63', 1),
	('c68f84d1-510e-43d8-8c01-0cdb0478a8a4', '\xeabc98c1f4bdc88402f420e671b75f57582d29fabe895a93eb3dedf97de9f348ea13d86de1925b3d4c3cc1d2de7e7e22e101d65cdc67fb91fc468b49', 1),
	('c996d393-3fc2-4069-9a96-c48d2db244c6', '\xf1bc80ad3d6ba4b85fd6362fdaac68e297b8950647605963a718f848f1001b37f1c62077a775b467dfc0ef795e8b6febba25920095b3e6be3f20703a', 1),
	('3bba3a7e-a221-4fe6-af19-4d28de41a67e', '\xb5f26b0bfebe2e71e373294394b9506ceca827426dbc379ecccc9ff5e8edf8f37e978993001a78b84a0cb3d45bf6c4d253b0464395d6aa2b77747d92', 1),
	('2f5381c7-2f72-45ad-8347-e770dd6ed56e', '\xe6f33da4a7bb5b1a316649b82bf367601ed122c7899f72c515592ca3467a531601040dabc25ed03216f75699d29e2d7fe30cb767f0f1a1c31f67c081', 1) ON CONFLICT DO NOTHING;
INSERT INTO public.charter_program VALUES
	('043dcb61-077f-4eae-be2e-85824944b0b4', 'Rising Leads 0', 'UTC', '{en}', '', '2026-11-26 16:54:38.029266+00', NULL),
	('53fb7120-35b8-4a06-95fe-72d597189753', 'Rising Leads 1', 'UTC', '{en}', '', '2026-11-26 16:54:41.480174+00', NULL) ON CONFLICT DO NOTHING;
INSERT INTO public.charter_charterversion VALUES
	('4fe774fc-7f0e-46a8-b8fe-fd46b384093d', 1, 'in force', true, 30, 45, 5, 14, 3, true, 7, 2, 1, '{0,1,2,3,4}', 3, 3, 1, '2026-11-26 16:54:38.076583+00', '2026-11-26 16:54:38.076462+00', '86046567-9b4d-4975-b26b-8c671311188e', '043dcb61-077f-4eae-be2e-85824944b0b4'),
	('9460ce78-24db-49c2-be3b-9c20cb753ab5', 2, 'draft', true, 30, 45, 5, 14, 3, true, 7, 2, 1, '{0,1,2,3,4}', 3, 3, 1, '2026-11-26 16:54:38.104268+00', NULL, NULL, '043dcb61-077f-4eae-be2e-85824944b0b4'),
	('f298dee2-97d6-4fcb-b0e0-acc61cfee4f3', 1, 'in force', true, 30, 45, 5, 14, 3, true, 7, 2, 1, '{0,1,2,3,4}', 3, 3, 1, '2026-11-26 16:54:41.486323+00', '2026-11-26 16:54:41.481897+00', '3b2d7e8f-1543-4d67-88b2-941de990f11f', '53fb7120-35b8-4a06-95fe-72d597189753') ON CONFLICT DO NOTHING;
INSERT INTO public.charter_cohort VALUES
	('2022358a-958a-40f8-b31f-9fec0c19fc0f', 'Spring 0', 'active', '2026-09-17', '2026-09-27', '2026-10-07', '2026-11-11', '2027-02-24', '2027-03-16', NULL, '2026-11-26 16:54:38.124041+00', '043dcb61-077f-4eae-be2e-85824944b0b4') ON CONFLICT DO NOTHING;
INSERT INTO public.charter_busytime VALUES
	('8a103b30-163e-4ceb-bdc9-806acf1de110', '2026-11-26', '2026-11-26', '2022358a-958a-40f8-b31f-9fec0c19fc0f') ON CONFLICT DO NOTHING;
INSERT INTO public.charter_chartertext VALUES
	('35573fda-0929-4ae9-b859-f45228631efd', 'en', '{"priorities": "Grow people who stay."}', NULL, '4fe774fc-7f0e-46a8-b8fe-fd46b384093d'),
	('09476805-2130-4db7-876b-342b8230dbfe', 'en', '{"priorities": "Grow people who stay."}', NULL, '9460ce78-24db-49c2-be3b-9c20cb753ab5'),
	('8597c06b-0903-4b27-a652-4df2dca0faae', 'en', '{"priorities": "Grow people who stay."}', NULL, 'f298dee2-97d6-4fcb-b0e0-acc61cfee4f3') ON CONFLICT DO NOTHING;
INSERT INTO public.charter_coreoutcome VALUES
	('4845efc9-51c4-4979-8750-23605e3e3157', 'outcome-0', 'mentee', 'behavior', 'Speaks up in reviews', 'Reviews in which she spoke', '3 by the end', 0, '4fe774fc-7f0e-46a8-b8fe-fd46b384093d'),
	('20c399e1-0b13-4583-b46e-405be11fa467', 'outcome-1', 'mentee', 'behavior', 'Speaks up in reviews', 'Reviews in which she spoke', '3 by the end', 0, 'f298dee2-97d6-4fcb-b0e0-acc61cfee4f3') ON CONFLICT DO NOTHING;
INSERT INTO public.charter_role VALUES
	('2f8f72c9-525a-4ca3-b2dd-689befdca260', 'coordinator', '2026-11-26 16:54:38.072155+00', '043dcb61-077f-4eae-be2e-85824944b0b4', '86046567-9b4d-4975-b26b-8c671311188e'),
	('29a2bd9e-9b19-49b7-b9ed-0ef7c9057db7', 'facilitator', '2026-11-26 16:54:38.312095+00', '043dcb61-077f-4eae-be2e-85824944b0b4', 'e3a81a56-c20c-4079-8a55-a6d2d4a4e1c1'),
	('d9a86acf-8d5d-44ef-949e-a057500c4115', 'steering', '2026-11-26 16:54:38.320115+00', '043dcb61-077f-4eae-be2e-85824944b0b4', 'ff798907-cc8c-492a-af23-f7eafc296ccd'),
	('0f10d69b-d41e-47a3-a237-ceb9d0097b38', 'sponsor', '2026-11-26 16:54:38.324141+00', '043dcb61-077f-4eae-be2e-85824944b0b4', '89febc82-53fe-4d0d-80ea-fe536d1b28ba'),
	('4429795c-9e04-4db5-b89f-aae5ddf3b69e', 'sponsor', '2026-11-26 16:54:38.389132+00', '043dcb61-077f-4eae-be2e-85824944b0b4', 'e8188345-b926-43bd-902d-0db55306e581') ON CONFLICT DO NOTHING;
INSERT INTO public.participants_participant VALUES
	('5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3', true, false, 2, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:38.138618+00', '2026-11-26 16:54:38.138624+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '96b80917-71b4-4e1e-b2a6-654a1186ead2'),
	('868331cc-87fe-40fd-96af-48dee9c6d7b0', true, false, 2, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:38.156448+00', '2026-11-26 16:54:38.156453+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, 'c7a53d96-0b57-4d0a-93f2-8ada88449728'),
	('91c77ad0-2e3e-44b7-aa61-0074e423b6ff', false, true, NULL, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:38.171542+00', '2026-11-26 16:54:38.171546+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d'),
	('a6c4cd1b-077d-4dd9-bf11-9114406ca47d', false, true, NULL, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:38.188017+00', '2026-11-26 16:54:38.188023+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '874c2f90-a593-46e1-a5dd-76927c58a840'),
	('caaf214e-20e8-42cd-a3c7-4132a1b55d14', false, true, NULL, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:38.288889+00', '2026-11-26 16:54:38.288894+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '4475cdad-f68e-402b-98d7-b8cf6a4ee505'),
	('776f96d8-f867-492c-8a1b-08bbc11da2e9', false, true, NULL, 'invited', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:38.374248+00', '2026-11-26 16:54:38.374255+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '476b1e0a-5398-4c3b-b71d-39635dc1f8dd'),
	('b9f8bd3d-ac1d-4acd-92e6-ba54a0941d5d', true, false, 2, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:41.459548+00', '2026-11-26 16:54:41.459556+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '3a9834c8-f6c1-466b-8a94-1c8b6897094d'),
	('a8805c2a-7031-4ba9-9d00-9139c62332a9', false, true, NULL, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:41.463407+00', '2026-11-26 16:54:41.463413+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '3bba3a7e-a221-4fe6-af19-4d28de41a67e'),
	('fff8ae9d-78f4-49de-8b5f-68d510e074d4', true, false, 2, 'joined', '', '', '', '', NULL, false, '{}', NULL, 0, '2026-11-26 16:54:41.587229+00', '2026-11-26 16:54:41.587238+00', '', NULL, NULL, '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, 'e4a7af51-d332-4feb-8147-4b66aca31732') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_asking VALUES
	('8486846c-3d62-438d-8d8e-92a823200ec7', 'start', 'asked', '2026-11-26 16:54:38.444383+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff'),
	('17534a9e-f983-44a8-9015-fc2acdee9a49', 'start', 'asked', '2026-11-26 16:54:41.54934+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_answer VALUES
	('2c316691-97f8-497c-a3a4-f51af4365444', 'one', 2, '3bba3a7e-a221-4fe6-af19-4d28de41a67e', '17534a9e-f983-44a8-9015-fc2acdee9a49') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_snapshot VALUES
	('0000000000000000000000000000000000000000000000000000000000000000', '{"mentees": [], "mentors": []}') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_weights VALUES
	('9de04c9b-f102-41a9-b03b-e57ce60e33e6', 1, '{"goals": 0.08, "skills": 0.28, "values": 0.08, "wishes": 0.08, "rotation": 0.04, "goal_text": 0.0, "interests": 0.08, "languages": 0.04, "good_mentor": 0.04, "skills_back": 0.04, "availability": 0.08, "working_style": 0.08, "cross_function": 0.04, "learning_preference": 0.04}', '{}', '', '2026-11-26 16:54:38.264289+00', '0773f204-30d1-4830-b93f-1f0ed43da219', '043dcb61-077f-4eae-be2e-85824944b0b4'),
	('fbfd517a-5e12-49ad-8356-a42be312610c', 0, '{"goals": 0.08, "skills": 0.28, "values": 0.08, "wishes": 0.08, "rotation": 0.04, "goal_text": 0.0, "interests": 0.08, "languages": 0.04, "good_mentor": 0.04, "skills_back": 0.04, "availability": 0.08, "working_style": 0.08, "cross_function": 0.04, "learning_preference": 0.04}', '{}', '', '2026-11-26 16:54:41.57503+00', '80377217-dc6a-43a1-af5c-51e70c16a00e', '043dcb61-077f-4eae-be2e-85824944b0b4') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_round VALUES
	('78ff84f8-84cd-47b2-9d24-982f0eaf1bc7', 1, 'proposed', '{"keep": {}, "ended": [], "rules": [], "weeks": 1, "policy": {"seed": 0, "floor": null, "loyalty": 0.0, "place_cost": 0.05, "floor_share": 0.95}, "weights": {"goals": 0.08, "skills": 0.28, "values": 0.08, "wishes": 0.08, "rotation": 0.04, "goal_text": 0.0, "interests": 0.08, "languages": 0.04, "good_mentor": 0.04, "skills_back": 0.04, "availability": 0.08, "working_style": 0.08, "cross_function": 0.04, "learning_preference": 0.04}}', '0000000000000000000000000000000000000000000000000000000000000000', 0, 0, 2, '{"gap": 0.0, "log": {"pins": 0, "paired": 0, "places": 0, "rounds": 1, "mentees": 0, "mentors": 0, "refused_pins": 0, "possible_pairs": 0}, "keep": {}, "floor": null, "price": {}, "score": {}, "total": 0.0, "whole": 2.0, "policy": {"seed": 0, "floor": null, "loyalty": 0.0, "place_cost": 0.05, "floor_share": 0.95}, "surplus": {}, "version": 2, "shortage": [], "unpaired": {}, "mentor_of": {}}', 1, '2026-11-26 16:54:38.27849+00', NULL, '{}', 0, NULL, false, NULL, '86046567-9b4d-4975-b26b-8c671311188e', '2022358a-958a-40f8-b31f-9fec0c19fc0f', '0000000000000000000000000000000000000000000000000000000000000000', '9de04c9b-f102-41a9-b03b-e57ce60e33e6'),
	('d3c50307-b46d-4caf-90ea-1b08a2eed5f4', 0, 'published', '{"keep": {}, "ended": [], "rules": [], "weeks": 1, "policy": {"seed": 0, "floor": null, "loyalty": 0.0, "place_cost": 0.05, "floor_share": 0.95}, "weights": {"goals": 0.08, "skills": 0.28, "values": 0.08, "wishes": 0.08, "rotation": 0.04, "goal_text": 0.0, "interests": 0.08, "languages": 0.04, "good_mentor": 0.04, "skills_back": 0.04, "availability": 0.08, "working_style": 0.08, "cross_function": 0.04, "learning_preference": 0.04}}', '0000000000000000000000000000000000000000000000000000000000000000', 0, 0, 2, '{"gap": 0.0, "log": {"pins": 0, "paired": 0, "places": 0, "rounds": 1, "mentees": 0, "mentors": 0, "refused_pins": 0, "possible_pairs": 0}, "keep": {}, "floor": null, "price": {}, "score": {}, "total": 0.0, "whole": 2.0, "policy": {"seed": 0, "floor": null, "loyalty": 0.0, "place_cost": 0.05, "floor_share": 0.95}, "surplus": {}, "version": 2, "shortage": [], "unpaired": {}, "mentor_of": {}}', 1, '2026-11-26 16:54:41.580567+00', NULL, '{}', 0, NULL, false, NULL, '4174fd7e-2770-428b-8026-56ca7c1cafa5', '2022358a-958a-40f8-b31f-9fec0c19fc0f', '0000000000000000000000000000000000000000000000000000000000000000', 'fbfd517a-5e12-49ad-8356-a42be312610c') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_proposal VALUES
	('d9fd16bd-48d9-4f6d-9a0a-c14d2a47052f', 0.7, '[]', 0, '[]', 'offered', '2026-11-26 16:54:38.289643+00', NULL, NULL, NULL, NULL, NULL, 'caaf214e-20e8-42cd-a3c7-4132a1b55d14', '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3', '78ff84f8-84cd-47b2-9d24-982f0eaf1bc7'),
	('54c4e764-9619-456a-9b46-2fa750cd5c12', 0.7, '[]', 0, '[]', 'proposed', NULL, NULL, NULL, NULL, NULL, NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'fff8ae9d-78f4-49de-8b5f-68d510e074d4', 'd3c50307-b46d-4caf-90ea-1b08a2eed5f4') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_pair VALUES
	('51f6db70-0d64-47b6-a647-2970f3e429e5', 'mentoring', 'pilot', '2026-10-15', '2026-12-16', NULL, 14, NULL, NULL, NULL, NULL, '', '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3', NULL),
	('55bd252d-deb5-47c9-86d8-ef466b892e5a', 'mentoring', 'active', '2026-10-15', '2026-11-19', NULL, 14, NULL, NULL, NULL, NULL, '', '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, 'a6c4cd1b-077d-4dd9-bf11-9114406ca47d', '868331cc-87fe-40fd-96af-48dee9c6d7b0', NULL),
	('2eed7d52-56ad-4312-bf4d-78681892010f', 'mentoring', 'ended', '2026-10-15', '2026-11-19', NULL, 14, NULL, NULL, NULL, '2026-11-26 16:54:38.23606+00', 'completed', '2022358a-958a-40f8-b31f-9fec0c19fc0f', '86046567-9b4d-4975-b26b-8c671311188e', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3', NULL),
	('c996d393-3fc2-4069-9a96-c48d2db244c6', 'mentoring', 'active', '2026-10-15', '2026-11-19', NULL, 14, NULL, NULL, NULL, NULL, '', '2022358a-958a-40f8-b31f-9fec0c19fc0f', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'b9f8bd3d-ac1d-4acd-92e6-ba54a0941d5d', NULL) ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_checkin VALUES
	('7873630e-17de-46e7-ade9-63ff85d1c234', '2026-11-26', '', NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_concern VALUES
	('c68f84d1-510e-43d8-8c01-0cdb0478a8a4', false, 'raised', 0, '2026-11-27 16:54:38.424102+00', '2026-11-26 16:54:38.424644+00', NULL, NULL, '4fa4aaa6-024f-49bc-a2f9-d78564724bb1', '51f6db70-0d64-47b6-a647-2970f3e429e5', '043dcb61-077f-4eae-be2e-85824944b0b4', 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d'),
	('2f5381c7-2f72-45ad-8347-e770dd6ed56e', false, 'raised', 1, '2026-11-28 16:54:41.568294+00', '2026-11-26 16:54:41.568344+00', NULL, NULL, 'a81dbef1-09dc-4f1b-a3c4-e668eca35821', 'c996d393-3fc2-4069-9a96-c48d2db244c6', '043dcb61-077f-4eae-be2e-85824944b0b4', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_concernowner VALUES
	('0941e13b-50af-4a1f-8a88-2d92bc270258', 0, '2026-11-26 16:54:38.425814+00', 'c68f84d1-510e-43d8-8c01-0cdb0478a8a4', 'e3a81a56-c20c-4079-8a55-a6d2d4a4e1c1'),
	('5fbfb52b-3855-462d-add5-9c3430fa5196', 1, '2026-11-26 16:54:41.568376+00', '2f5381c7-2f72-45ad-8347-e770dd6ed56e', 'e3a81a56-c20c-4079-8a55-a6d2d4a4e1c1') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_concernwords VALUES
	('38862f4a-4b75-492a-aca1-bbfd71ad3d00', '\x015a9d8fa2657ec7ee97bde3b3d0935b60d9b1f9faae4b61999aea0b17bc51b6c08cacf6055151', false, '6a3a7168-0a88-4e65-b3f9-0b9131ed8f0f', '2026-11-26 16:54:38.428392+00', 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d', 'c68f84d1-510e-43d8-8c01-0cdb0478a8a4'),
	('c53a5160-9436-453d-a152-5b7fdff2bb2a', '\x012f4f38db6922bf54b0df05cac1ca382a41887349c60d7c1f8148044abd6cc5b84cda7526bf13ba65e600aa3d', false, '58ddd301-b777-4407-9492-7a06b406dbf8', '2026-11-26 16:54:41.568403+00', '3bba3a7e-a221-4fe6-af19-4d28de41a67e', '2f5381c7-2f72-45ad-8347-e770dd6ed56e') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_feedbackrequest VALUES
	('96466508-d984-43f7-8827-5993c3633877', 'asked', '2026-11-26 16:54:38.4521+00', NULL, '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '51f6db70-0d64-47b6-a647-2970f3e429e5'),
	('1148e6b9-4bc0-47a6-af32-0c9105d317a5', 'given', '2026-11-26 16:54:41.524482+00', '2026-11-26 16:54:41.524444+00', 'b9f8bd3d-ac1d-4acd-92e6-ba54a0941d5d', 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_feedbackwords VALUES
	('1148e6b9-4bc0-47a6-af32-0c9105d317a5', '\x010597f030c6bf6da860a90b85ee17d2df6f90b8ce8e3fa3faa91eddeeca356ea9dd2f3d0af1a009b373ff3571', '\x01aafaa6560b2adcf45d12bdb33e7bddbdd369c9f58e98cec64b1cd1893c708e12d2a9a0f4755ed7f4d3ca8dfd', '\x01acd880ce6b995d5e202da2fa5cf597bd0e012c96ec3310133edbdb42f95104a6a4b47aaa31b770bdbd890cbf', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_observationrequest VALUES
	('894a52e3-a470-4c35-a44c-9d374b1440a8', 'peer', 'Asks first', 'a3c706e99cf43ece8ddabea53cf027a9f91592c0bdbe49b154cf0b68d8d3490c', '2026-11-26 16:54:38.448124+00', '2026-12-26 16:54:38.448124+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff'),
	('025c2e5e-4634-4eeb-a275-6e0a1eda0ebb', 'self', '', '', '2026-11-26 16:54:41.564014+00', '2026-12-03 16:54:41.563908+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_observation VALUES
	('025c2e5e-4634-4eeb-a275-6e0a1eda0ebb', 1, '\x01c90adbc449fe8b2a9dff42043af990c1ccbe650167ee8be0229bd31996d79ce6596377fa7999806cdd733980', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_session VALUES
	('64fc4aa0-2287-418d-a9eb-3b06ce8d8d2d', 'held', NULL, '2026-11-26', 45, 'video', '2026-11-26 16:54:38.238889+00', NULL, '420004e0-c7c4-4c13-afae-06e5969d4935', 0, 1, '2026-11-26 16:54:38.239038+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL),
	('bd553aa5-43f9-496c-a471-86c656fa30da', 'planned', '2026-11-29 16:54:38.248115+00', NULL, NULL, '', NULL, NULL, 'b4f24a42-59b3-423b-90ca-65e37d96db56', 0, 1, '2026-11-26 16:54:38.248264+00', NULL, NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL),
	('315e9c9e-30bf-4ea7-b2d6-1f7291600836', 'planned', '2026-11-26 14:54:38.252076+00', NULL, 45, '', NULL, NULL, 'd5e8f2a2-1ff4-41ae-aecf-4def329a13f9', 0, 1, '2026-11-26 16:54:38.252204+00', NULL, NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL),
	('9f5b215f-0ccd-4ed4-b896-58a9c51fb9d5', 'proposed', '2026-12-01 16:54:38.256076+00', NULL, NULL, '', NULL, NULL, '662f21f9-9538-4c67-bc3b-0664d0cbe0d0', 0, 1, '2026-11-26 16:54:38.256206+00', NULL, NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3'),
	('43897510-1666-4b7c-8f1a-59820e508fb9', 'held', NULL, '2026-11-26', 45, 'video', '2026-11-26 16:54:41.470238+00', NULL, '92b84cf4-9dab-40e6-9cb5-fcda4c0eee00', 0, 1, '2026-11-26 16:54:41.470318+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6', NULL),
	('c04a7f1d-f1f1-4375-ba9a-3d0d404247a8', 'held', NULL, '2026-11-26', 45, 'video', '2026-11-26 16:54:41.532689+00', NULL, '7e4e4cb4-2a9b-40bf-96f6-7f6a815f9317', 0, 1, '2026-11-26 16:54:41.532763+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6', NULL) ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_reflection VALUES
	('3d791c4e-e725-4432-bba9-dd9a6a0d4ce0', 'asked', '2026-11-26 16:54:38.415561+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '64fc4aa0-2287-418d-a9eb-3b06ce8d8d2d'),
	('ede43bb9-740d-4242-8cee-094a27bc82ed', 'asked', '2026-11-26 16:54:41.546636+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c04a7f1d-f1f1-4375-ba9a-3d0d404247a8') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_pulse VALUES
	('ede43bb9-740d-4242-8cee-094a27bc82ed', 2, NULL, NULL, '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_reflectionwords VALUES
	('ede43bb9-740d-4242-8cee-094a27bc82ed', '\x01bb2049f4d6252d24ee8509db2bfab215c487e224946d18773715df104e7fc594d2d99b4b71828db1d504452a', '\x016bb037df17039c665cfd6d03fb74b95f06735ae9009b1b9d03b545b65a7fc1fc5113ba6106039df0ac76906cfe0fce064446293d544540', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_review VALUES
	('07f040f8-e46a-4ea1-8cf2-5a92dda0a2cd', 'midpoint', '2026-11-26 16:54:41.529627+00', NULL, NULL, NULL, 1, 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.feedback_reviewwords VALUES
	('07f040f8-e46a-4ea1-8cf2-5a92dda0a2cd', '\x016a71416a6280dc7c6d3e0737d29683cc34896bf080f1facb00feb9eb72de9224e2713238e0554a1049edd8c3002436f4ba288dae849c470e8663257f266ef4307f10', '\x01322107b7872c0e7c71f7fabe1256d065ac094c502f9e5bb238b0891fd63f476ebda2b6acb6eb065663e86872', '\x0184c40b17bc1824eb9490c2d06c9192d7f57fb3bec79ab7d773e4fc466144b5c26ec34b8f0f88598cac1dcab7', '\x01030a032e54f5cd2bab1ed8ad9b4ddc363fd2c5da9662cfe0ff6a260570730636b57a23971ee845ecbe6bcb7c', '\x011122686880dd00e5f612ffee8a826af291a345c058e0484aeec932b000a94327b316d96d8f3fc5146c90f2c9', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_actionitem VALUES
	('7cd050b2-d334-4d6b-8804-943e4e6a8967', 'mentee', NULL, NULL, '2026-11-26 16:54:38.412431+00', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL),
	('6b4532e7-2723-4d32-8fea-bcbdc9b3cf3c', 'mentee', NULL, NULL, '2026-11-26 16:54:41.476109+00', 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6', NULL) ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_actionwords VALUES
	('6b4532e7-2723-4d32-8fea-bcbdc9b3cf3c', '\x01414be16c701bf13bfb0665c213e30c2ed307f36994054eda8527c73253bdbc4dd310cac0c8813b803be3ece3', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_businessmeasure VALUES
	('54f568e1-fbd3-4a76-8e4c-bb0de744c071', 'time', 'Time alone', 'days', 'lower', '043dcb61-077f-4eae-be2e-85824944b0b4') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_outcome VALUES
	('219e4f44-441b-4d43-a7b8-2dcb440e17bc', 'mentee', 'Speak in case reviews', 'She opens at least one point herself', 'Points opened', '0', '3', '2027-01-25', 'agreed', NULL, 1, '2026-11-26 16:54:38.389821+00', '4845efc9-51c4-4979-8750-23605e3e3157', '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff'),
	('aa99d2c9-8661-4383-bf86-6e6cbb96b5ce', 'mentee', 'Speak in case reviews', 'She opens at least one point herself', 'Points opened', '0', '3', '2027-01-25', 'agreed', NULL, 1, '2026-11-26 16:54:41.504218+00', '20c399e1-0b13-4583-b46e-405be11fa467', 'c996d393-3fc2-4069-9a96-c48d2db244c6', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_milestone VALUES
	('ce706cf9-10e5-417f-a6bb-04a74e2f2038', 'Speak in one review', 'real work', '2026-12-16', 'planned', NULL, NULL, NULL, 1, '2026-11-26 16:54:38.393864+00', NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL),
	('2e8a0c09-7c95-4f66-8228-f2579bd1f001', 'Speak in one review', 'real work', '2026-12-16', 'planned', NULL, NULL, NULL, 1, '2026-11-26 16:54:38.400373+00', NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', NULL),
	('8d321bd9-6f34-4891-8c00-22ed9b395f09', 'Speak in one review', 'real work', '2026-12-16', 'planned', NULL, NULL, NULL, 1, '2026-11-26 16:54:41.512258+00', NULL, 'c996d393-3fc2-4069-9a96-c48d2db244c6', NULL) ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_file VALUES
	('cea2b4d9-b873-4c42-9f5e-1b89546cc4c0', '\x0199ba6ead45c9285eaa70f4ae58c110d9712ad4d4600795bb81dd5f8b3b51f730078b43f8', 'pdf', 49, 'caa5d717e0b04bbd93370cdb83a8148a', 'f4814f53-693c-4fea-a8ec-796f254e7ebc', '2026-11-26 16:54:38.325861+00', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '51f6db70-0d64-47b6-a647-2970f3e429e5'),
	('c007a863-49ca-4ae1-b835-60426f35c92b', '\x01e2c40a5fbd5bb7792566ec3d2180591f75c896941bcfbe1ad6f252345fb0edf6be746d0a779cfbd6ac54956ae4d8f266', 'txt', 1, '00000000000000000000000000000000', '870e5ce6-b519-4af1-866d-5a508e1ea492', '2026-11-26 16:54:41.479993+00', 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_evidence VALUES
	('38f3614d-aece-47a9-9319-2222238cc196', '\x01f42065af17d424bc6a48686eb5b0ae63b0aa0f2135839f4c07b4705c641e650420904ef76de40075270d445a', '\x0165d83f74a8686fe716d88a77eb7827c923173a2e377901673196c2ec6277d7ac6b7e1fc230bacf78947aaa02', '2e4349b8-06a0-4369-9c46-935240846f2c', '2026-11-26 16:54:41.524376+00', 'a8805c2a-7031-4ba9-9d00-9139c62332a9', NULL, 'c996d393-3fc2-4069-9a96-c48d2db244c6', '8d321bd9-6f34-4891-8c00-22ed9b395f09') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_lesson VALUES
	('1c140018-3f25-4df8-984b-c9d75133fc9b', 'asked', '2026-11-26 16:54:38.40448+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '2e8a0c09-7c95-4f66-8228-f2579bd1f001'),
	('651368ec-b818-46c4-b530-3623a95d2517', 'asked', '2026-11-26 16:54:41.520242+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', '8d321bd9-6f34-4891-8c00-22ed9b395f09') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_lessonwords VALUES
	('651368ec-b818-46c4-b530-3623a95d2517', '\x01b356af47d0b178f3046fe59fe1ed103f346b8ce0b51091e8e94250972ded6ac4e3b598e83b9affdf454b3cba', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.milestones_progress VALUES
	('e7aae886-c8b3-4752-8a05-33ef71c258be', 'not yet', '\x0190f775d15fc22b461ff7a91bcb89a6421900694d9d2b9c51dea76276607fae91e22c0813c49b575c5a94b3e8', '2026-11-26 16:54:41.524317+00', 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'aa99d2c9-8661-4383-bf86-6e6cbb96b5ce', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.outbox_notice VALUES
	('cf84a497-7ae8-4a39-9bd0-a9debc593186', 'check-in', 'email', 'feedback/check_in', '{}', 'dead:043dcb61-077f-4eae-be2e-85824944b0b4', '2026-11-26 16:54:38.296152+00', NULL, 'dead', '', NULL, 0, '', NULL, '043dcb61-077f-4eae-be2e-85824944b0b4', NULL, '', NULL, '2026-11-26 16:54:38.29617+00', 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d'),
	('775ad121-329f-48f6-a373-eada9ed50125', 'reflection', 'email', 'feedback/feedback_asked', '{"path": "/feedback/96466508-d984-43f7-8827-5993c3633877/", "partner": "Given1", "program": "Rising Leads 0", "reminders_a_week": 2}', 'feedback_asked:96466508-d984-43f7-8827-5993c3633877', '2026-11-26 16:54:38.4521+00', '2026-12-10 16:54:38.4521+00', 'pending', '', NULL, 0, '', NULL, '043dcb61-077f-4eae-be2e-85824944b0b4', '2022358a-958a-40f8-b31f-9fec0c19fc0f', 'feedback.feedbackrequest', '96466508-d984-43f7-8827-5993c3633877', '2026-11-26 16:54:41.449078+00', 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_agreement VALUES
	('b847faca-91be-4b85-a233-31ae8632e713', 9, 'proposed', 14, 45, '{}', 'turns', '2026-11-26 16:54:41.47232+00', NULL, NULL, 1, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_agreementwords VALUES
	('b847faca-91be-4b85-a233-31ae8632e713', '\x01d853dd7243eadb87db7f9978101193d42f3317fcd202d59538f05bf2dea22e78db20258c346e08acca607860', '\x017cea7b335fe15fe5af260ab69b8969f64aa19bff3903e8fb3e1736f1fb1184ceb4e3290f1860c266408ac6cb', '\x01792fba03ecf26876ada438e0827d866819d1e226a79eee97e8cfb4cfd191d946836c43645bc1b067ae2db31a', '\x011e5701882f933800f37c4b0c34c1353a808924447f07b72cac308113b73674459150617d751f0b50a04a4461', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_declinereason VALUES
	('54c4e764-9619-456a-9b46-2fa750cd5c12', '043dcb61-077f-4eae-be2e-85824944b0b4', 'other', '\x016bb603226eca8ad92d51dda26e41a732146b5f1a6df357780fc94d1b0fcfb1e42ee240e97adb6274ed78c7cf', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_link VALUES
	('d8f35a17-8878-437a-b1df-eff133d040fb', '\x013f9ff5b5a23709badc2d2d63d0c5d8ba74bfdff815fcc4cbfa5319253adb5c57cb7e6043619183e0a4b42ea6f04f32', '\x012d1d62b487162e59019a017df31fd9e2947275c8edb948f28d089a73ec25b043f728f594', 'fa52e332-6488-492c-bd20-aab7beb3fda2', '2026-11-26 16:54:38.325861+00', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '51f6db70-0d64-47b6-a647-2970f3e429e5'),
	('1300d937-f784-4db8-83e0-ae35114c82f5', '\x010fda585545b90bccc5b5aef041f3fa219bd03f6489c1f1ad77ecf9a27680146ff5a9e1529d96454366402d61f81677ad8f99e43ac80434b5cfeea668', '\x016d7b899d89b88560dc64bafc2ac815c91a7926fe5976a97091402959c467b77e4338130cef4330f4dcbf4979', '82247ab7-3908-4ebd-aab0-33ecb6d05c51', '2026-11-26 16:54:41.479961+00', 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_note VALUES
	('814707bd-a351-46ef-bc53-5b352d0dfdac', '\x01f32e69becca4af6fa63409db3e806c3641e40fc84d0d82825d59798f5e6d1d568969938a28', 1, 'dac186d8-7fef-4724-89a3-b46993a47a66', '2026-11-26 16:54:38.325861+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '51f6db70-0d64-47b6-a647-2970f3e429e5'),
	('5f5699ae-f0a0-4eb2-ba8d-e7285022c663', '\x01f9ca483e0f24bcf8c668aa508cdf35d322625c699baf075cb07293b044daca1b43ca7f7e0d04d1752ff56874', 1, '94bfb427-3bf1-491d-97af-f6f43aab2967', '2026-11-26 16:54:41.479903+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_notebookentry VALUES
	('aeb2e8b0-fc42-41ce-a024-abb6641aa1f1', '\x01e81a4a81bc406bdd184245ed67e9a317a6ff356923619565a525332d531e5f97b65eff', 1, 'bea51d31-af81-444e-9c09-db1e8655c94e', '2026-11-26 16:54:38.325861+00', NULL, 'c79e7f5b-8afc-4f2e-8ff9-665027c35b0d'),
	('c11320cf-244a-4a0b-a1f2-8eeb319d08cd', '\x017ae60db1effef0e62ff58acfb1fa60f14497f8efb4462dc63778461b8cfb1c71ba32a916ba1b5cb7702b892a', 1, '43b92554-4a9b-4d8a-ae1f-4bfa8b569a8c', '2026-11-26 16:54:41.480017+00', NULL, '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_pairrule VALUES
	('4391a355-8687-4630-9990-c27f355c9a32', 'never', '', '2026-11-26 16:54:38.384182+00', 1, '{}', '79853045-3b09-4ff0-aab3-6b33523917d1', '2022358a-958a-40f8-b31f-9fec0c19fc0f', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff', '868331cc-87fe-40fd-96af-48dee9c6d7b0') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_pilotquestion VALUES
	('39a1be28-2e6b-4231-a89d-33ef0f0ec745', 1, '2026-11-26 16:54:38.209886+00', NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3'),
	('4bb781cb-b601-4cfb-85da-02a5b07e45e2', 1, '2026-11-26 16:54:38.224176+00', NULL, '51f6db70-0d64-47b6-a647-2970f3e429e5', '91c77ad0-2e3e-44b7-aa61-0074e423b6ff'),
	('0e74da5b-bfac-45b8-b35c-9ca149ea310b', 9, '2026-11-26 16:54:41.568554+00', NULL, 'c996d393-3fc2-4069-9a96-c48d2db244c6', 'a8805c2a-7031-4ba9-9d00-9139c62332a9') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_pilotanswer VALUES
	('0e74da5b-bfac-45b8-b35c-9ca149ea310b', 'switch', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_sayquestion VALUES
	('4e357304-92b3-4cea-822d-570e7cab7a69', '2026-11-26 16:54:38.216139+00', NULL, '5c22c06f-4060-4cc0-b2c4-cdc8c7f46bf3'),
	('011b35be-e4fe-42fc-bb7f-76a7ae09bd08', '2026-11-26 16:54:38.232076+00', NULL, '91c77ad0-2e3e-44b7-aa61-0074e423b6ff'),
	('ed4a6353-f3db-49a1-a4e8-7c3439f7e363', '2026-11-26 16:54:41.57072+00', NULL, 'a8805c2a-7031-4ba9-9d00-9139c62332a9') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_sayanswer VALUES
	('ed4a6353-f3db-49a1-a4e8-7c3439f7e363', 1, '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_sessionwords VALUES
	('43897510-1666-4b7c-8f1a-59820e508fb9', '\x0190ebe3010fe87b482c270c183d54bfdac580a76d44fb0258b859c969b10dd68479e705b95cd82fd5672c4d7df7be1be7', '\x01739ea25c5ccaaef3f3281297715a44ce786a7e4dad42ce33c3055b5a07ce95ec5f572c8e7e1c8d0efdd6ced8', '\x012a4e32a4280e76cc6edd8d2fc6f39792cea2bb10dba19bb7d457b7e604a47d142b6c40adbad93f98b011249d', '\x01aae5f30e45ad132b267db2e6f65fbcabba821fa76929b08aa1c5026590eee846c0b9a69a3f48947c916de9c4', 'c996d393-3fc2-4069-9a96-c48d2db244c6') ON CONFLICT DO NOTHING;
INSERT INTO public.pairing_veto VALUES
	('a8805c2a-7031-4ba9-9d00-9139c62332a9', '2026-11-26 16:54:41.595541+00', '3bba3a7e-a221-4fe6-af19-4d28de41a67e', 'fff8ae9d-78f4-49de-8b5f-68d510e074d4') ON CONFLICT DO NOTHING;
INSERT INTO public.participants_import VALUES
	('97233f95-3453-47f5-b440-1de1784e4194', '2026-11-26 16:54:38.292135+00', 'roster.csv', '\x456d61696c2c4669727374206e616d652c526f6c650a616461406b65737472656c2e6578616d706c652c4164612c6d656e7465650a', '{"sheet": "", "encoding": "utf-8", "delimiter": ",", "date_order": "", "header_row": 1}', '{}', 'draft', '{}', NULL, NULL, '{}', '86046567-9b4d-4975-b26b-8c671311188e', '2022358a-958a-40f8-b31f-9fec0c19fc0f') ON CONFLICT DO NOTHING;
INSERT INTO public.participants_pause VALUES
	('ecf72875-666d-47ff-8a9d-2e63e315be7b', '2026-11-26', '2026-11-26', '2026-11-26 16:54:41.594247+00', 'a8805c2a-7031-4ba9-9d00-9139c62332a9') ON CONFLICT DO NOTHING;
INSERT INTO public.participants_pausereason VALUES
	('ecf72875-666d-47ff-8a9d-2e63e315be7b', '\x01a1a115eef22e9d0078b3dbd004c39becdafa11a6b1ce6fd452144338e7ac2fbb8fa0877108068de29eb0324d', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
INSERT INTO public.participants_selfdeclared VALUES
	('e1ef671c-6cda-490c-a3f0-ba4a4ef8464c', 'gender', 'Only we two know', '2026-11-26 16:54:41.595694+00', '3bba3a7e-a221-4fe6-af19-4d28de41a67e') ON CONFLICT DO NOTHING;
-- As many sessions, notices and figures as make a difference.
INSERT INTO public.pairing_session
SELECT (jsonb_populate_record(s, jsonb_build_object(
    'id', gen_random_uuid(), 'form_id', gen_random_uuid()))).*
FROM public.pairing_session s, generate_series(1, 5000) WHERE s.state = 'held' AND s.logged_at IS NOT NULL;
INSERT INTO public.outbox_notice
SELECT (jsonb_populate_record(n, jsonb_build_object(
    'id', gen_random_uuid(), 'key', 'before:' || i))).*
FROM public.outbox_notice n, generate_series(1, 2000) i
WHERE n.id = (SELECT id FROM public.outbox_notice ORDER BY id LIMIT 1);
INSERT INTO published.period
SELECT gen_random_uuid(), id, '2026-07-01', '2026-09-30', 1, 5, '2026-10-01' FROM public.charter_program;
INSERT INTO published.figure
SELECT gen_random_uuid(), p.id, metric, 'all', '', n, 5, 9, low, low + 0.2, 1
FROM published.period p, unnest(
    '{met,kept_rhythm,reached_something,reached_all_due,reflected,both_reflected,
      sessions_per_pair,had_a_say}'::text[], '{.4,.4,.4,.4,.4,.4,2,3}'::float8[])
    WITH ORDINALITY AS figures (metric, low, n);
