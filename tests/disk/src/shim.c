/*
 * Stands between a program and the disk (LD_PRELOAD), for the files below one folder:
 *   DISK_FOLDER   the folder, absolute
 *   DISK_LOG      where every change is noted, in the order in which it was made (log.rs reads it); absent, nothing is
 *   DISK_TROUBLE  a file that holds an errno while every change is to fail with it; absent or empty, none does
 * While changes are noted nothing waits for the disk: a sync is only a line in the log, and what it means is up to replay.rs.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, TRUNCATE, SYNC, CREATE, MAKE_FOLDER, RENAME, REMOVE };

struct record {
    uint32_t kind;
    uint32_t name_length; /* of each of the two names behind this */
    uint32_t other_length;
    uint32_t data_length;
    uint64_t file; /* inode */
    uint64_t at;   /* offset of a write, length of a truncation */
};

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static int below(const char *path) {
    const char *folder = getenv("DISK_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length && path && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* The name of an open file, whatever was done to the handle. */
static int ours(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return below(path);
}

/* Fails as the disk is to fail now; `needs_room` says whether a full disk stops it. Reading and closing always work. */
static int fails(int needs_room) {
    const char *trouble = getenv("DISK_TROUBLE");
    int fd = trouble ? REAL(open)(trouble, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return 0;
    char digits[8] = {0};
    ssize_t got = read(fd, digits, sizeof digits - 1);
    close(fd);
    int why = got > 0 ? atoi(digits) : 0;
    if (!why || (why == ENOSPC && !needs_room)) return 0;
    errno = why;
    return 1;
}

static void note(enum kind kind, uint64_t file, uint64_t at, const char *name, const char *other, const void *data, size_t length) {
    static int log = -1;
    const char *path = getenv("DISK_LOG");
    if (!path) return;
    int was = errno;
    if (log < 0) log = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct record head = {kind, name ? strlen(name) : 0, other ? strlen(other) : 0, length, file, at};
    struct iovec parts[] = {
        {&head, sizeof head}, {(void *)name, head.name_length}, {(void *)other, head.other_length}, {(void *)data, length}};
    ssize_t whole = sizeof head + head.name_length + head.other_length + length;
    if (REAL(writev)(log, parts, 4) != whole) abort(); /* a log with a hole proves nothing */
    errno = was;
}

static uint64_t inode(int fd) {
    struct stat about;
    return fstat(fd, &about) ? 0 : about.st_ino;
}

static int opened(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...)) {
    int writes = (flags & (O_CREAT | O_TRUNC)) || (flags & O_ACCMODE) != O_RDONLY;
    if (!writes || !below(path)) return real(path, flags, mode);
    int was_there = !access(path, F_OK);
    if (fails(!was_there)) return -1;
    pthread_mutex_lock(&order);
    int fd = real(path, flags, mode);
    if (fd >= 0 && !was_there) note(CREATE, inode(fd), 0, path, NULL, NULL, 0);
    else if (fd >= 0 && (flags & O_TRUNC)) note(TRUNCATE, inode(fd), 0, NULL, NULL, NULL, 0);
    pthread_mutex_unlock(&order);
    return fd;
}

#define OPEN(name)                                         \
    int name(const char *path, int flags, ...) {           \
        va_list more;                                      \
        va_start(more, flags);                             \
        mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
        va_end(more);                                      \
        return opened(path, flags, mode, REAL(name));      \
    }
OPEN(open)
OPEN(open64)

/* One write, noted with the place it went to. */
#define WRITES(fd, wrote, before, at_what)                             \
    char path[PATH_MAX];                                               \
    if (!ours(fd, path)) return (wrote);                               \
    if (fails(1)) return -1;                                           \
    pthread_mutex_lock(&order);                                        \
    off_t from = (before);                                             \
    ssize_t got = (wrote);                                             \
    if (got > 0) note(WRITE, inode(fd), from, NULL, NULL, at_what, got); \
    pthread_mutex_unlock(&order);                                      \
    return got;

static off_t place(int fd) {
    struct stat about;
    if ((fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &about)) return about.st_size;
    return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t length) { WRITES(fd, REAL(write)(fd, data, length), place(fd), data) }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { WRITES(fd, REAL(pwrite)(fd, data, length, at), at, data) }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { WRITES(fd, REAL(pwrite64)(fd, data, length, at), at, data) }

/* A part at a time: whoever calls goes on with the rest. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (!ours(fd, path)) return REAL(writev)(fd, parts, count);
    for (int at = 0; at < count; at++)
        if (parts[at].iov_len) return write(fd, parts[at].iov_base, parts[at].iov_len);
    return 0;
}

/* Copies inside the kernel are not seen here: whoever copies does it by hand then. */
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t length, unsigned flags) {
    (void)in, (void)in_at, (void)out, (void)out_at, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile(int out, int in, off_t *at, size_t count) {
    (void)out, (void)in, (void)at, (void)count;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t count) { return sendfile(out, in, at, count); }

#define CUTS(fd, length, name)                                      \
    char path[PATH_MAX];                                            \
    if (!ours(fd, path)) return REAL(name)(fd, length);             \
    if (fails(0)) return -1;                                        \
    pthread_mutex_lock(&order);                                     \
    int failed = REAL(name)(fd, length);                            \
    if (!failed) note(TRUNCATE, inode(fd), length, NULL, NULL, NULL, 0); \
    pthread_mutex_unlock(&order);                                   \
    return failed;

int ftruncate(int fd, off_t length) { CUTS(fd, length, ftruncate) }
int ftruncate64(int fd, off64_t length) { CUTS(fd, length, ftruncate64) }

/* "inode name", a line each. */
static char *listing(const char *path, size_t *length) {
    char *lines = NULL;
    FILE *out = open_memstream(&lines, length);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            fprintf(out, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
    if (folder) closedir(folder);
    fclose(out);
    return lines;
}

static int is_folder(int fd) {
    struct stat about;
    return !fstat(fd, &about) && S_ISDIR(about.st_mode);
}

/* A folder's sync carries what is in it by then: a rename made past the C library is seen here at the latest. */
static int syncs(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    if (!ours(fd, path)) return real(fd);
    if (fails(0)) return -1;
    if (!getenv("DISK_LOG")) return real(fd);
    pthread_mutex_lock(&order);
    size_t length = 0;
    char *names = is_folder(fd) ? listing(path, &length) : NULL;
    note(SYNC, inode(fd), 0, names ? path : NULL, NULL, names, length);
    free(names);
    pthread_mutex_unlock(&order);
    return 0;
}

int fsync(int fd) { return syncs(fd, REAL(fsync)); }
int fdatasync(int fd) { return syncs(fd, REAL(fdatasync)); }

#define NAMES(path, call, kind, other)                                  \
    if (!below(path)) return (call);                                    \
    if (fails(kind == MAKE_FOLDER)) return -1;                          \
    pthread_mutex_lock(&order);                                         \
    int failed = (call);                                                \
    if (!failed) note(kind, 0, 0, path, other, NULL, 0);                \
    pthread_mutex_unlock(&order);                                       \
    return failed;

int mkdir(const char *path, mode_t mode) { NAMES(path, REAL(mkdir)(path, mode), MAKE_FOLDER, NULL) }
int rename(const char *from, const char *to) { NAMES(from, REAL(rename)(from, to), RENAME, to) }
int unlink(const char *path) { NAMES(path, REAL(unlink)(path), REMOVE, NULL) }
int rmdir(const char *path) { NAMES(path, REAL(rmdir)(path), REMOVE, NULL) }
