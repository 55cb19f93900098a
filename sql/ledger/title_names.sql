-- Titles as HR systems write them, and the level of each.  The rows come once,
-- with the table: what a user changes or deletes stays so.
--
-- Codes are those of GB/T 8561-2001 (three digits, of the title) and, for the
-- level alone, GB/T 12407-2008.  Only codes on which published dictionaries of
-- these standards agree are here; what has none is of a later reform of its
-- series or has several.  Of 410 (高级) no level can be told.
IF pg_catalog.to_regclass('ce_title') IS NULL THEN
	CREATE TABLE ce_title (
		title text PRIMARY KEY,
		level ce_level,
		series text,
		code text UNIQUE,
		CONSTRAINT ce_title_trimmed CHECK (title <> '' AND title = pg_catalog.btrim(title)),
		CONSTRAINT ce_title_code_trimmed CHECK (code <> '' AND code = pg_catalog.btrim(code))
	);
	INSERT INTO ce_title (title, level, series, code) VALUES
		('无', NULL, NULL, NULL), ('无职称', NULL, NULL, NULL), ('未定职级专业技术人员', NULL, NULL, '499'), ('未定职级', NULL, NULL, NULL),
		('正高级', 'full_senior', '职务级别', '411'), ('副高级', 'senior', '职务级别', '412'), ('中级', 'intermediate', '职务级别', '420'), ('初级', 'junior', '职务级别', '430'), ('助理级', 'junior', '职务级别', '434'),
		('员级', 'junior', '职务级别', '435'),
		('教授', 'full_senior', '高等学校教师', '011'), ('副教授', 'senior', '高等学校教师', '012'), ('讲师', 'intermediate', '高等学校教师', '013'), ('助教', 'junior', '高等学校教师', '014'),
		('正高级讲师', 'full_senior', '中等专业学校教师', NULL), ('高级讲师', 'senior', '中等专业学校教师', '022'), ('讲师（中专）', 'intermediate', '中等专业学校教师', '023'), ('助理讲师', 'junior', '中等专业学校教师', '024'),
		('教员', 'junior', '中等专业学校教师', '025'),
		('高级讲师（技校）', 'senior', '技工学校教师', '032'), ('讲师（技校）', 'intermediate', '技工学校教师', '033'), ('助理讲师（技校）', 'junior', '技工学校教师', '034'), ('教员（技校）', 'junior', '技工学校教师', '035'),
		('正高级实习指导教师', 'full_senior', '技工学校教师', NULL), ('高级实习指导教师', 'senior', '技工学校教师', '042'), ('一级实习指导教师', 'intermediate', '技工学校教师', '043'), ('二级实习指导教师', 'junior', '技工学校教师', '044'),
		('三级实习指导教师', 'junior', '技工学校教师', '045'),
		('正高级教师', 'full_senior', '中小学教师', NULL), ('高级教师', 'senior', '中小学教师', '052'), ('一级教师', 'intermediate', '中小学教师', '053'), ('二级教师', 'junior', '中小学教师', '054'),
		('三级教师', 'junior', '中小学教师', '055'), ('中学高级教师', 'senior', '中小学教师', NULL), ('中学一级教师', 'intermediate', '中小学教师', NULL), ('中学二级教师', 'junior', '中小学教师', NULL),
		('中学三级教师', 'junior', '中小学教师', NULL), ('小学高级教师', 'intermediate', '中小学教师', '413'), ('小学一级教师', 'junior', '中小学教师', '414'), ('小学二级教师', 'junior', '中小学教师', '415'),
		('小学三级教师', 'junior', '中小学教师', '416'),
		('正高级实验师', 'full_senior', '实验技术人员', NULL), ('高级实验师', 'senior', '实验技术人员', '072'), ('实验师', 'intermediate', '实验技术人员', '073'), ('助理实验师', 'junior', '实验技术人员', '074'),
		('实验员', 'junior', '实验技术人员', '075'),
		('正高级工程师', 'full_senior', '工程技术人员', NULL), ('教授级高级工程师', 'full_senior', '工程技术人员', NULL), ('高级工程师', 'senior', '工程技术人员', '082'), ('工程师', 'intermediate', '工程技术人员', '083'),
		('助理工程师', 'junior', '工程技术人员', '084'), ('技术员', 'junior', '工程技术人员', '085'),
		('农业技术推广研究员', 'full_senior', '农业技术人员', '091'), ('农业技术推广研究员（兽医）', 'full_senior', '农业技术人员', '101'), ('农业技术推广研究员（畜牧）', 'full_senior', '农业技术人员', '111'),
		('正高级农艺师', 'full_senior', '农业技术人员', NULL), ('高级农艺师', 'senior', '农业技术人员', '092'), ('农艺师', 'intermediate', '农业技术人员', '093'), ('助理农艺师', 'junior', '农业技术人员', '094'),
		('农业技术员', 'junior', '农业技术人员', '095'), ('正高级兽医师', 'full_senior', '农业技术人员', NULL), ('高级兽医师', 'senior', '农业技术人员', '102'), ('兽医师', 'intermediate', '农业技术人员', '103'),
		('助理兽医师', 'junior', '农业技术人员', '104'), ('兽医技术员', 'junior', '农业技术人员', '105'), ('正高级畜牧师', 'full_senior', '农业技术人员', NULL), ('高级畜牧师', 'senior', '农业技术人员', '112'),
		('畜牧师', 'intermediate', '农业技术人员', '113'), ('助理畜牧师', 'junior', '农业技术人员', '114'), ('畜牧技术员', 'junior', '农业技术人员', '115'),
		('正高级经济师', 'full_senior', '经济专业人员', NULL), ('高级经济师', 'senior', '经济专业人员', '122'), ('经济师', 'intermediate', '经济专业人员', '123'), ('助理经济师', 'junior', '经济专业人员', '124'),
		('经济员', 'junior', '经济专业人员', '125'),
		('正高级会计师', 'full_senior', '会计专业人员', NULL), ('高级会计师', 'senior', '会计专业人员', '132'), ('会计师', 'intermediate', '会计专业人员', '133'), ('助理会计师', 'junior', '会计专业人员', '134'),
		('会计员', 'junior', '会计专业人员', '135'),
		('正高级统计师', 'full_senior', '统计专业人员', NULL), ('高级统计师', 'senior', '统计专业人员', '142'), ('统计师', 'intermediate', '统计专业人员', '143'), ('助理统计师', 'junior', '统计专业人员', '144'),
		('统计员', 'junior', '统计专业人员', '145'),
		('正高级审计师', 'full_senior', '审计专业人员', NULL), ('高级审计师', 'senior', '审计专业人员', '682'), ('审计师', 'intermediate', '审计专业人员', '683'), ('助理审计师', 'junior', '审计专业人员', '684'),
		('审计员', 'junior', '审计专业人员', '685'),
		('编审', 'full_senior', '出版专业人员', '151'), ('副编审', 'senior', '出版专业人员', '152'), ('编辑', 'intermediate', '出版专业人员', '153'), ('助理编辑', 'junior', '出版专业人员', '154'),
		('译审', 'full_senior', '翻译人员', '181'), ('副译审', 'senior', '翻译人员', '182'), ('翻译', 'intermediate', '翻译人员', '183'), ('助理翻译', 'junior', '翻译人员', '184'), ('一级翻译', 'senior', '翻译人员', NULL),
		('二级翻译', 'intermediate', '翻译人员', NULL), ('三级翻译', 'junior', '翻译人员', NULL),
		('高级记者', 'full_senior', '新闻专业人员', '191'), ('主任记者', 'senior', '新闻专业人员', '192'), ('记者', 'intermediate', '新闻专业人员', '193'), ('助理记者', 'junior', '新闻专业人员', '194'),
		('高级编辑', 'full_senior', '新闻专业人员', '201'), ('主任编辑', 'senior', '新闻专业人员', '202'), ('编辑（新闻）', 'intermediate', '新闻专业人员', '203'), ('助理编辑（新闻）', 'junior', '新闻专业人员', '204'),
		('播音指导', 'full_senior', '播音主持专业人员', '221'), ('主任播音员', 'senior', '播音主持专业人员', '222'), ('一级播音员', 'intermediate', '播音主持专业人员', '223'), ('二级播音员', 'junior', '播音主持专业人员', '224'),
		('三级播音员', 'junior', '播音主持专业人员', '225'), ('播音主持指导', 'full_senior', '播音主持专业人员', NULL), ('主任播音员主持人', 'senior', '播音主持专业人员', NULL), ('一级播音员主持人', 'intermediate', '播音主持专业人员', NULL),
		('二级播音员主持人', 'junior', '播音主持专业人员', NULL),
		('主任医师', 'full_senior', '卫生技术人员', '231'), ('副主任医师', 'senior', '卫生技术人员', '232'), ('主治医师', 'intermediate', '卫生技术人员', '233'), ('主管医师', 'intermediate', '卫生技术人员', NULL),
		('医师', 'junior', '卫生技术人员', '234'), ('住院医师', 'junior', '卫生技术人员', NULL), ('医士', 'junior', '卫生技术人员', '235'), ('主任药师', 'full_senior', '卫生技术人员', '241'), ('副主任药师', 'senior', '卫生技术人员', '242'),
		('主管药师', 'intermediate', '卫生技术人员', '243'), ('药师', 'junior', '卫生技术人员', '244'), ('药士', 'junior', '卫生技术人员', '245'), ('主任护师', 'full_senior', '卫生技术人员', '251'),
		('副主任护师', 'senior', '卫生技术人员', '252'), ('主管护师', 'intermediate', '卫生技术人员', '253'), ('护师', 'junior', '卫生技术人员', '254'), ('护士', 'junior', '卫生技术人员', '255'),
		('主任技师', 'full_senior', '卫生技术人员', '261'), ('副主任技师', 'senior', '卫生技术人员', '262'), ('主管技师', 'intermediate', '卫生技术人员', '263'), ('技师（卫生）', 'junior', '卫生技术人员', '264'),
		('技士', 'junior', '卫生技术人员', '265'),
		('正高级工艺美术师', 'full_senior', '工艺美术人员', NULL), ('高级工艺美术师', 'senior', '工艺美术人员', '272'), ('工艺美术师', 'intermediate', '工艺美术人员', '273'), ('助理工艺美术师', 'junior', '工艺美术人员', '274'),
		('工艺美术员', 'junior', '工艺美术人员', '275'),
		('一级演员', 'full_senior', '艺术人员', '281'), ('二级演员', 'senior', '艺术人员', '282'), ('三级演员', 'intermediate', '艺术人员', '283'), ('四级演员', 'junior', '艺术人员', '284'),
		('一级演奏员', 'full_senior', '艺术人员', '291'), ('二级演奏员', 'senior', '艺术人员', '292'), ('三级演奏员', 'intermediate', '艺术人员', '293'), ('四级演奏员', 'junior', '艺术人员', '294'),
		('一级编剧', 'full_senior', '艺术人员', '301'), ('二级编剧', 'senior', '艺术人员', '302'), ('三级编剧', 'intermediate', '艺术人员', '303'), ('四级编剧', 'junior', '艺术人员', '304'),
		('一级导演', 'full_senior', '艺术人员', '311'), ('二级导演', 'senior', '艺术人员', '312'), ('三级导演', 'intermediate', '艺术人员', '313'), ('四级导演', 'junior', '艺术人员', '314'),
		('一级指挥', 'full_senior', '艺术人员', '321'), ('二级指挥', 'senior', '艺术人员', '322'), ('三级指挥', 'intermediate', '艺术人员', '323'), ('四级指挥', 'junior', '艺术人员', '324'),
		('一级作曲', 'full_senior', '艺术人员', '331'), ('二级作曲', 'senior', '艺术人员', '332'), ('三级作曲', 'intermediate', '艺术人员', '333'), ('四级作曲', 'junior', '艺术人员', '334'),
		('一级美术师', 'full_senior', '艺术人员', '341'), ('二级美术师', 'senior', '艺术人员', '342'), ('三级美术师', 'intermediate', '艺术人员', '343'), ('美术员', 'junior', '艺术人员', '344'),
		('国家级教练', 'full_senior', '体育教练员', '371'), ('高级教练', 'senior', '体育教练员', '372'), ('中级教练', 'intermediate', '体育教练员', NULL), ('初级教练', 'junior', '体育教练员', NULL),
		('一级教练', 'intermediate', '体育教练员', '373'), ('二级教练', 'junior', '体育教练员', '374'), ('三级教练', 'junior', '体育教练员', '375'),
		('一级律师', 'full_senior', '律师', '391'), ('二级律师', 'senior', '律师', '392'), ('三级律师', 'intermediate', '律师', '393'), ('四级律师', 'junior', '律师', '394'), ('律师助理', 'junior', '律师', '395'),
		('一级公证员', 'full_senior', '公证员', '401'), ('二级公证员', 'senior', '公证员', '402'), ('三级公证员', 'intermediate', '公证员', '403'), ('四级公证员', 'junior', '公证员', '404'), ('公证员助理', 'junior', '公证员', '405'),
		('研究员', 'full_senior', '科学研究人员', '611'), ('副研究员', 'senior', '科学研究人员', '612'), ('助理研究员', 'intermediate', '科学研究人员', '613'), ('研究实习员', 'junior', '科学研究人员', '614'),
		('研究员（社会科学）', 'full_senior', '科学研究人员', '621'), ('副研究员（社会科学）', 'senior', '科学研究人员', '622'), ('助理研究员（社会科学）', 'intermediate', '科学研究人员', '623'), ('研究实习员（社会科学）', 'junior', '科学研究人员', '624'),
		('研究馆员', 'full_senior', '图书、资料专业人员', '641'), ('副研究馆员', 'senior', '图书、资料专业人员', '642'), ('馆员', 'intermediate', '图书、资料专业人员', '643'), ('助理馆员', 'junior', '图书、资料专业人员', '644'),
		('管理员', 'junior', '图书、资料专业人员', '645'),
		('研究馆员（文博）', 'full_senior', '文博专业人员', '651'), ('副研究馆员（文博）', 'senior', '文博专业人员', '652'), ('馆员（文博）', 'intermediate', '文博专业人员', '653'), ('助理馆员（文博）', 'junior', '文博专业人员', '654'),
		('管理员（文博）', 'junior', '文博专业人员', '655'),
		('研究馆员（档案）', 'full_senior', '档案专业人员', '661'), ('副研究馆员（档案）', 'senior', '档案专业人员', '662'), ('馆员（档案）', 'intermediate', '档案专业人员', '663'), ('助理馆员（档案）', 'junior', '档案专业人员', '664'),
		('管理员（档案）', 'junior', '档案专业人员', '665'),
		('研究馆员（群众文化）', 'full_senior', '群众文化专业人员', '671'), ('副研究馆员（群众文化）', 'senior', '群众文化专业人员', '672'), ('馆员（群众文化）', 'intermediate', '群众文化专业人员', '673'),
		('助理馆员（群众文化）', 'junior', '群众文化专业人员', '674'), ('管理员（群众文化）', 'junior', '群众文化专业人员', '675'),
		('主任法医师', 'full_senior', '法医专业人员', '691'), ('副主任法医师', 'senior', '法医专业人员', '692'), ('主检法医师', 'intermediate', '法医专业人员', '693'), ('法医师', 'junior', '法医专业人员', '694'),
		('法医士', 'junior', '法医专业人员', '695'),
		('高级政工师', 'senior', '思想政治工作人员', '982'), ('政工师', 'intermediate', '思想政治工作人员', '983'), ('助理政工师', 'junior', '思想政治工作人员', '984'), ('政工员', 'junior', '思想政治工作人员', '985');
END IF;
COMMENT ON TABLE ce_title IS 'titles as HR systems write them (held_level of ce_import_person() and ce_link()); add rows for others';
COMMENT ON COLUMN ce_title.title IS 'the title, without blanks around';
COMMENT ON COLUMN ce_title.level IS 'its level; null: whoever has it holds no title, as 无';
COMMENT ON COLUMN ce_title.series IS 'series of professional titles that it belongs to, for the reader';
COMMENT ON COLUMN ce_title.code IS 'code by which HR systems may write it instead, GB/T 8561-2001 or GB/T 12407-2008; null: none';
