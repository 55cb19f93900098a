-- Edition 1: the notice 青人社厅函〔2020〕227号 and, for the years it does not
-- set, MOHRSS Order 25 (0.3).  Interpretations are in po/: those that begin with
-- AMB, and ce_text('not more than the filed plan states').  So are grades and roles:
-- ce_text('host'), ce_text('member'), ce_text('industry'), ce_text('national_st_progress'), ce_text('qinghai_st_progress'),
-- ce_text('provincial_social_science'), ce_text('provincial_leader'), ce_text('department_or_prefecture_leader').

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('qinghai-2020-227', '青人社厅函〔2020〕227号', '关于做好2020年专业技术人员继续教育工作的通知',
	 'Notice on continuing education of professional and technical staff in 2020', '2020-05-25'),
	('mohrss-order-25', '人力资源和社会保障部令第25号', '专业技术人员继续教育规定',
	 'Provisions on continuing education of professional and technical staff', '2015-08-13');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, interpretation) VALUES
	('general', '专业技术人员', 'professional and technical staff', true, 3, 'qinghai-2020-227', '2.1, 6.2b',
	 'AMB-25: the ban starts on the day of the finding and its last day is the corresponding day three years later'),
	('accounting', '会计人员', 'accounting staff', false, NULL, 'qinghai-2020-227', '2.3',
	 'AMB-4: no verdict here, since other rules govern; a flag on the person, not the title series');

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours,
							filing_due, study_due, verification_due, instrument, clause, interpretation) VALUES
	('general', 2016, NULL, '90', NULL, '60', NULL, NULL, NULL, 'mohrss-order-25', 'art. 8',
	 'AMB-1: fallback for years that no notice at hand sets (0.3); two thirds of the required total; replace with the province''s notice of the year'),
	('general', 2020, 2020, '135', '45', '90', '06-30', '11-30', '12-15', 'qinghai-2020-227', '4.1',
	 'AMB-32: hours finished in December count for the year and are late');

INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause, interpretation) VALUES
	('academy_course', 'public', 'public', 'feed', '公需科目网络课程', 'public course of the academy', 'qinghai-2020-227', '5.1',
	 'AMB-5, AMB-33: the academy is the only source and its hours are verified on receipt'),
	('base_online', 'professional', 'online', 'filed', '网络课程类', 'online course of a base', 'qinghai-2020-227', '5.2.1', NULL),
	('filed_course', 'professional', 'training', 'filed', '备案培训课程', 'filed course', 'qinghai-2020-227', '5.2.2(3)',
	 'AMB-6: an employer''s filed course is read by analogy'),
	('training', 'professional', 'training', 'activity', '培训进修类', 'training', 'qinghai-2020-227', '5.2.2(1)',
	 'AMB-27: the attender''s unit need not file; the host''s document is the evidence'),
	('overseas_training', 'professional', 'training', 'activity', '国（境）外培训', 'training abroad', 'qinghai-2020-227', '5.2.2(2)', NULL),
	('degree', 'professional', 'study', 'activity', '自学类：学历、学位', 'diploma or degree', 'qinghai-2020-227', '5.2.3(1)', NULL),
	('qualification', 'professional', 'study', 'activity', '自学类：职业资格', 'professional qualification', 'qinghai-2020-227', '5.2.3(2)', NULL),
	('mentoring', 'professional', 'mentoring', 'activity', '技术带教帮扶类', 'mentoring and technical support', 'qinghai-2020-227', '5.2.4', NULL),
	('frontline', 'both', 'special', 'special', '疫情防控一线', 'front line against the epidemic', 'qinghai-2020-227', '5.3',
	 'AMB-24: only persons on the list of the provincial health commission'),
	('recorded_public', 'public', 'public', 'opening', '历年公需学时', 'public hours of an earlier year', 'qinghai-2020-227', '0.4',
	 'AMB-2: verified under earlier notices, loaded as verified totals'),
	('recorded_professional', 'professional', 'recorded', 'opening', '历年专业学时', 'professional hours of an earlier year', 'qinghai-2020-227', '0.4',
	 'AMB-2: verified under earlier notices, loaded as verified totals'),
	('project', 'professional', 'innovation', 'attested', '课题（项目）', 'research project', 'qinghai-2020-227', '5.2.5(1)-(3)', NULL),
	('award', 'professional', 'innovation', 'attested', '科研成果奖励', 'award', 'qinghai-2020-227', '5.2.5(4)', NULL),
	('invention_patent', 'professional', 'innovation', 'attested', '发明专利', 'invention patent', 'qinghai-2020-227', '5.2.5(5)', NULL),
	('utility_patent', 'professional', 'innovation', 'attested', '实用新型专利', 'utility model patent', 'qinghai-2020-227', '5.2.5(5)', NULL),
	('standard', 'professional', 'innovation', 'attested', '标准', 'standard', 'qinghai-2020-227', '5.2.5(6)', NULL),
	('report', 'professional', 'innovation', 'attested', '专题调研报告', 'research report', 'qinghai-2020-227', '5.2.5(7)', NULL);

INSERT INTO ce_rule (rule_id, scheme, kind, grade, role, rank_from, rank_to, from_year, to_year, basis, hours, per_year, instrument, clause, interpretation) VALUES
	(101, 'general', 'academy_course', NULL, NULL, NULL, NULL, 2020, NULL, 'as_completed', NULL, false, 'qinghai-2020-227', '5.1',
	 'AMB-12: hours as reported, not recomputed from minutes'),
	(102, 'general', 'base_online', NULL, NULL, NULL, NULL, 2020, NULL, 'as_completed', NULL, false, 'qinghai-2020-227', '5.2.1',
	 'not more than the filed plan states'),
	(103, 'general', 'filed_course', NULL, NULL, NULL, NULL, 2020, NULL, 'filed_hours', '7', false, 'qinghai-2020-227', '5.2.2(3)',
	 'AMB-6, AMB-39: the filed hours, the attended ones where fewer; seven a day where the plan states days only'),
	(104, 'general', 'training', NULL, NULL, NULL, NULL, 2020, NULL, 'document_or_days', '7', false, 'qinghai-2020-227', '5.2.2(1)',
	 'AMB-13, AMB-14: half days count half; the document prevails'),
	(105, 'general', 'overseas_training', NULL, NULL, NULL, NULL, 2020, NULL, 'document_or_days', '7', false, 'qinghai-2020-227', '5.2.2(2)', NULL),
	(106, 'general', 'degree', NULL, NULL, NULL, NULL, 2020, NULL, 'deems', NULL, false, 'qinghai-2020-227', '5.2.3(1)',
	 'AMB-15: the year of the certificate''s issue'),
	(107, 'general', 'qualification', NULL, NULL, NULL, NULL, 2020, NULL, 'deems', NULL, false, 'qinghai-2020-227', '5.2.3(2)',
	 'AMB-15: the year of the certificate''s issue'),
	(108, 'general', 'mentoring', NULL, NULL, NULL, NULL, 2020, NULL, 'days', '7', false, 'qinghai-2020-227', '5.2.4b',
	 'AMB-13: half days count half'),
	(109, 'general', 'frontline', NULL, NULL, NULL, NULL, 2020, NULL, 'deems', NULL, false, 'qinghai-2020-227', '5.3',
	 'AMB-24: the year of the work'),
	(110, 'general', 'recorded_public', NULL, NULL, NULL, NULL, 1990, NULL, 'as_recorded', NULL, false, 'qinghai-2020-227', '0.4', 'AMB-2: as verified then'),
	(111, 'general', 'recorded_professional', NULL, NULL, NULL, NULL, 1990, NULL, 'as_recorded', NULL, false, 'qinghai-2020-227', '0.4', 'AMB-2: as verified then'),
	(201, 'general', 'project', 'national', 'host', NULL, NULL, 2020, NULL, 'fixed', '90', true, 'qinghai-2020-227', '5.2.5(1)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(202, 'general', 'project', 'national', 'member', NULL, NULL, 2020, NULL, 'fixed', '60', true, 'qinghai-2020-227', '5.2.5(1)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(203, 'general', 'project', 'provincial', 'host', NULL, NULL, 2020, NULL, 'fixed', '60', true, 'qinghai-2020-227', '5.2.5(2)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(204, 'general', 'project', 'provincial', 'member', NULL, NULL, 2020, NULL, 'fixed', '30', true, 'qinghai-2020-227', '5.2.5(2)',
	 'AMB-19: every year for members too, as for the host in the same sentence'),
	(205, 'general', 'project', 'prefecture', 'host', NULL, NULL, 2020, NULL, 'fixed', '45', true, 'qinghai-2020-227', '5.2.5(3)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(206, 'general', 'project', 'prefecture', 'member', NULL, NULL, 2020, NULL, 'fixed', '25', true, 'qinghai-2020-227', '5.2.5(3)',
	 'AMB-19: every year for members too, as for the host in the same sentence'),
	(211, 'general', 'award', 'national_st_progress', NULL, NULL, NULL, 2020, NULL, 'deems_tenure', NULL, false, 'qinghai-2020-227', '5.2.5(4)',
	 'AMB-20: every year of the tenure, also before the award'),
	(212, 'general', 'award', 'qinghai_st_progress', NULL, NULL, NULL, 2020, NULL, 'deems_tenure', NULL, false, 'qinghai-2020-227', '5.2.5(4)',
	 'AMB-20: every year of the tenure, also before the award'),
	(213, 'general', 'award', 'provincial_social_science', NULL, NULL, NULL, 2020, NULL, 'deems_tenure', NULL, false, 'qinghai-2020-227', '5.2.5(4)',
	 'AMB-20: every year of the tenure, also before the award'),
	(221, 'general', 'invention_patent', NULL, NULL, 1, 3, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(5)a', 'AMB-22: the year of the grant'),
	(222, 'general', 'invention_patent', NULL, NULL, 4, 6, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(5)a', 'AMB-22: the year of the grant'),
	(223, 'general', 'invention_patent', NULL, NULL, 7, NULL, 2020, NULL, 'fixed', '40', false, 'qinghai-2020-227', '5.2.5(5)a', 'AMB-21: from rank 7 on'),
	(224, 'general', 'utility_patent', NULL, NULL, 1, 3, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(5)b', 'AMB-22: the year of the grant'),
	(225, 'general', 'utility_patent', NULL, NULL, 4, 6, 2020, NULL, 'fixed', '40', false, 'qinghai-2020-227', '5.2.5(5)b', 'AMB-22: the year of the grant'),
	(226, 'general', 'utility_patent', NULL, NULL, 7, NULL, 2020, NULL, 'fixed', '30', false, 'qinghai-2020-227', '5.2.5(5)b', 'AMB-21: from rank 7 on'),
	(231, 'general', 'standard', 'national', NULL, 1, 3, 2020, NULL, 'fixed', '90', false, 'qinghai-2020-227', '5.2.5(6)a', 'AMB-22: the year in which it is published and in force'),
	(232, 'general', 'standard', 'national', NULL, 4, 6, 2020, NULL, 'fixed', '80', false, 'qinghai-2020-227', '5.2.5(6)a', 'AMB-22: the year in which it is published and in force'),
	(233, 'general', 'standard', 'national', NULL, 7, NULL, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(6)a', 'AMB-21: from rank 7 on'),
	(234, 'general', 'standard', 'industry', NULL, 1, 3, 2020, NULL, 'fixed', '80', false, 'qinghai-2020-227', '5.2.5(6)b', 'AMB-22: the year in which it is published and in force'),
	(235, 'general', 'standard', 'industry', NULL, 4, 6, 2020, NULL, 'fixed', '70', false, 'qinghai-2020-227', '5.2.5(6)b', 'AMB-22: the year in which it is published and in force'),
	(236, 'general', 'standard', 'industry', NULL, 7, NULL, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(6)b', 'AMB-21: from rank 7 on'),
	(237, 'general', 'standard', 'provincial', NULL, 1, 3, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(6)c', 'AMB-22: the year in which it is published and in force'),
	(238, 'general', 'standard', 'provincial', NULL, 4, 6, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(6)c', 'AMB-22: the year in which it is published and in force'),
	(239, 'general', 'standard', 'provincial', NULL, 7, NULL, 2020, NULL, 'fixed', '40', false, 'qinghai-2020-227', '5.2.5(6)c', 'AMB-21: from rank 7 on'),
	(241, 'general', 'report', 'provincial_leader', 'host', NULL, NULL, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(7)a', 'AMB-22: the year of the comment'),
	(242, 'general', 'report', 'department_or_prefecture_leader', 'host', NULL, NULL, 2020, NULL, 'fixed', '30', false, 'qinghai-2020-227', '5.2.5(7)b',
	 'AMB-23: main leaders of the departments too');

INSERT INTO ce_cap (scheme, category, from_year, to_year, hours, instrument, clause, interpretation) VALUES
	('general', 'mentoring', 2020, NULL, '30', 'qinghai-2020-227', '5.2.4c', 'AMB-16: a person''s calendar year; recognised hours are cut, raw ones kept');

INSERT INTO ce_window (window_id, scheme, route, level, needs_doctorate, needs_held, aggregation, years, professional_only, same_specialty,
					   from_year, to_year, instrument, clause, interpretation) VALUES
	(1, 'general', 'review', 'junior', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1a', NULL),
	(2, 'general', 'review', 'intermediate', false, NULL, 'each', 3, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1b',
	 'AMB-7, AMB-8: the current year is one of them, and each year meets its own requirement'),
	(3, 'general', 'review', 'senior', false, NULL, 'each', 4, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1c',
	 'AMB-7, AMB-8: the current year is one of them, and each year meets its own requirement'),
	(4, 'general', 'review', 'full_senior', false, NULL, 'each', 4, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1c',
	 'AMB-7, AMB-8: the current year is one of them, and each year meets its own requirement'),
	(5, 'general', 'review', 'full_senior', true, 'senior', 'each', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1d',
	 'AMB-9: a doctorate and the associate senior title, both'),
	(6, 'general', 'recognition', 'junior', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.2', 'AMB-10: the degree is not tested here'),
	(7, 'general', 'recognition', 'intermediate', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.2', 'AMB-10: the degree is not tested here'),
	(8, 'general', 'recognition', 'senior', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.2', 'AMB-10: the degree is not tested here'),
	(9, 'general', 'transfer', 'junior', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only'),
	(10, 'general', 'transfer', 'intermediate', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only'),
	(11, 'general', 'transfer', 'senior', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only'),
	(12, 'general', 'transfer', 'full_senior', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only');

INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause, interpretation) VALUES
	('general', 2020, 'public', 'academy', 2017, 2019, 'qinghai-2020-227', '7.6', 'AMB-29, AMB-30: the surplus over the year''s own need, spread by an explicit act'),
	('general', 2020, 'professional', 'national_base', 2017, 2019, 'qinghai-2020-227', '7.6', 'AMB-29, AMB-30: the surplus over the year''s own need, spread by an explicit act');
