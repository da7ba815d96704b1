//! The handles of resources: one method for each operation, the same for all.

/// Defines a handle, and gives it the six operations of its resource. `list` is `List` for a list of pages, and `ListAll` for
/// one that comes at once.
macro_rules! handle {
    (
        $(#[$meta:meta])*
        $name:ident of $type:ident($id:ident): $list:ident, $(#[$list_meta:meta])* list,
        $(#[$create_meta:meta])* create($new:ident),
        $(#[$update_meta:meta])* update($patch:ident),
        $(#[$replace_meta:meta])* replace($replacement:ident),
        $(#[$delete_meta:meta])* delete
    ) => {
        $crate::handle::bare! { $(#[$meta])* $name }

        impl $name<'_> {
            $(#[$list_meta])*
            pub fn list(self) -> care_client_core::Call<$crate::$list<$type>> {
                self.newfies.call($crate::$list::new(self.newfies.zone.clone()))
            }

            /// Reads one.
            ///
            /// # Errors
            ///
            /// 404 if there is none with this id, or it belongs to somebody whom the user doesn't manage; 403 as told
            /// [above](Self).
            pub fn get(self, id: impl Into<$id>) -> care_client_core::Call<$crate::Get<$type>> {
                self.newfies.call($crate::Get::new(id.into(), self.newfies.zone.clone()))
            }

            $(#[$create_meta])*
            pub fn create(self, new: $new) -> care_client_core::Call<$crate::Create<$type>> {
                self.newfies.call($crate::Create::new(new, self.newfies.zone.clone()))
            }

            $(#[$update_meta])*
            pub fn update(self, id: impl Into<$id>, patch: $patch) -> care_client_core::Call<$crate::Update<$type>> {
                self.newfies.call($crate::Update::new(id.into(), patch, self.newfies.zone.clone()))
            }

            $(#[$replace_meta])*
            pub fn replace(
                self,
                id: impl Into<$id>,
                replacement: $replacement,
            ) -> care_client_core::Call<$crate::Replace<$type>> {
                self.newfies.call($crate::Replace::new(id.into(), replacement, self.newfies.zone.clone()))
            }

            $(#[$delete_meta])*
            pub fn delete(self, id: impl Into<$id>) -> care_client_core::Call<$crate::Delete<$type>> {
                self.newfies.call($crate::Delete::new(id.into()))
            }
        }
    };
}
pub(crate) use handle;

/// Defines a handle without operations.
macro_rules! bare {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name<'c> {
            pub(crate) newfies: &'c $crate::Newfies,
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}
pub(crate) use bare;
