<?php
/**
 * Tiếng Việt. Read by WordPress 6.5 and newer; an older one says it in English.
 *
 * @package Toasoan
 */

return array(
	'domain'   => 'toasoan',
	'language' => 'vi',
	'messages' => array(
		'Lets the Tòa Soạn desk publish here exactly once, never over what somebody else wrote, with credits, sources and languages as data.' => 'Để bàn Tòa Soạn đăng bài lên đây đúng một lần, không ghi đè lên chữ của người khác, giữ ghi công, nguồn và ngôn ngữ thành dữ liệu.',
		'Tòa Soạn works on a single site, not in a network of sites. It was not activated.' => 'Tòa Soạn chạy trên một trang đơn, không chạy trong mạng nhiều trang (multisite). Plugin chưa được bật.',
		'The portal is at work on the same article; try again in a moment.' => 'Cổng đang xử lý chính bài này; hãy thử lại sau giây lát.',
		'This decision was applied here before with other content. Decide again.' => 'Quyết định này đã được thực hiện ở đây với nội dung khác. Hãy quyết định lại.',
		'This decision was not applied here.' => 'Quyết định này chưa được thực hiện ở đây.',
		'Post %d was published by another account, and this one may not edit it; sign in as that account, or as an editor.' => 'Bài số %d do tài khoản khác đăng, tài khoản này không được sửa; hãy đăng nhập bằng tài khoản đó hoặc bằng tài khoản biên tập viên.',
		'This article is not on the portal.' => 'Bài này không có trên cổng.',
		'This account may not take that article away; ask for the role of editor.' => 'Tài khoản này không được gỡ bài đó; hãy xin vai trò biên tập viên.',
		'This article was killed, which is final; a new article is needed.' => 'Bài này đã bị huỷ vĩnh viễn; cần một bài mới.',
		'What is on the portal is not what the desk last saw; nothing was overwritten.' => 'Bản trên cổng không phải bản tòa soạn đã thấy; không có gì bị ghi đè.',
		'The portal would keep the article as “%s” and not as published; nothing was changed.' => 'Cổng sẽ giữ bài ở trạng thái “%s” chứ không đăng; không có gì bị thay đổi.',
		'WordPress did not take the article off; another plugin may keep it.' => 'WordPress không gỡ được bài; có thể một plugin khác giữ lại.',
		'The picture arrived damaged.' => 'Ảnh tới nơi bị hỏng.',
		'This is no JPEG, PNG or WebP picture.' => 'Đây không phải ảnh JPEG, PNG hay WebP.',
		'The article is too large: at most 8 MB are taken.' => 'Bài quá lớn: chỉ nhận tối đa 8 MB.',
		'The picture is too large: at most 100 MB are taken.' => 'Ảnh quá lớn: chỉ nhận tối đa 100 MB.',
		'The decision comes without its article.' => 'Quyết định tới mà không kèm bài.',
		'This article has been withdrawn.' => 'Bài này đã được gỡ.',
		'When the plugin is deleted, also delete its records: which post is which article, and what was decided. Articles and pictures always stay.' => 'Khi xoá plugin, xoá luôn sổ ghi của nó: bài nào là bản nào, và những gì đã quyết định. Bài và ảnh luôn được giữ.',
	),
);
