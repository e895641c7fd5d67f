//! The window's tests: the real app in its real web view. What rules say is tested in `domain`; here, that it is connected.

mod security;
